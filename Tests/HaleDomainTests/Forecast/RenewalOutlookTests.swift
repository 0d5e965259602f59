import HaleDomain
import Testing

@Suite struct `An outlook on renewals` {
    private func renewal(_ arr: Int64, _ probability: Double, _ basis: ProbabilityBasis = .calibrated)
        -> ForecastRenewal
    {
        ForecastRenewal(
            contractID: "K", accountID: "A", arrMinor: arr,
            renewal: RenewalProbability(probability: probability, basis: basis, decidedRenewals: 40))
    }

    @Test(arguments: [
        (1, ProbabilityBasis.signed, RenewalCategory.closed), (1, .calibrated, .commit), (0.98, .lockedIn, .commit),
        (0.85, .assumed, .commit), (0.8499, .assumed, .commit), (0.845, .assumed, .commit),
        (0.8449, .assumed, .mostLikely), (0.6, .fitted, .mostLikely), (0.595, .fitted, .mostLikely),
        (0.5949, .fitted, .bestCase), (0.295, .fitted, .bestCase), (0.2949, .fitted, .atRisk), (0.05, .notice, .atRisk),
    ])
    func `puts each into a category`(probability: Double, basis: ProbabilityBasis, category: RenewalCategory) {
        #expect(renewal(100, probability, basis).category == category)
    }

    @Test func `adds them up`() {
        let outlook = RenewalOutlook(
            [
                renewal(10_000, 1, .signed), renewal(20_000, 0.9), renewal(30_000, 0.7), renewal(40_000, 0.5),
                renewal(5_000, 0.1), renewal(1_000, 0.9),
            ], unitMinor: 100)
        #expect(outlook.contracts == 6)
        #expect(outlook.arrMinor == 106_000)
        #expect(
            outlook.arrByCategory == [
                .closed: 10_000, .commit: 21_000, .mostLikely: 30_000, .bestCase: 40_000, .atRisk: 5_000,
            ])
        // 10,000 + 18,000 + 21,000 + 20,000 + 500 + 900
        #expect(abs(outlook.expectedMinor - 70_400) < 1e-6)
        let (p10, p50, p90) = outlook.quantilesMinor
        #expect(10_000 <= p10 && p10 < p50 && p50 < p90 && p90 <= 106_000)
    }

    @Test func `holds what is signed to be certain, and takes credits off`() {
        let signed = RenewalOutlook([renewal(10_000, 1, .signed), renewal(-2_000, 0.8)], unitMinor: 100)
        #expect(signed.expectedMinor == 8_000)
        #expect(signed.quantilesMinor == (8_000, 8_000, 8_000))
        let nothing = RenewalOutlook([], unitMinor: 100)
        #expect(nothing.expectedMinor == 0 && nothing.arrByCategory.isEmpty)
        let free = RenewalOutlook([renewal(0, 0.4)], unitMinor: 100)
        #expect(free.contracts == 1 && free.quantilesMinor.p90 == 0)
    }

    /// All outcomes of a few independent renewals, added up one by one.
    private static func falls(short bar: Double, of renewals: [(arr: Int64, probability: Double)]) -> Double {
        (0..<1 << renewals.count).reduce(0) { sum, outcome in
            var (chance, amount) = (1.0, 0.0)
            for (index, renewal) in renewals.enumerated() {
                let isRenewed = outcome >> index & 1 == 1
                chance *= isRenewed ? renewal.probability : 1 - renewal.probability
                if isRenewed { amount += Double(renewal.arr) }
            }
            return amount < bar ? sum + chance : sum
        }
    }

    /// One renewal of 95 % is renewed whole in more than nine of ten cases, so the tenth percentile is all of it.
    @Test func `has a tenth percentile above what is expected of one that is likely and whole`() {
        let one = RenewalOutlook([renewal(100_000, 0.95)], unitMinor: 100)
        #expect(one.quantilesMinor == (100_000, 100_000, 100_000))
        #expect(abs(one.expectedMinor - 95_000) < 1e-6)
        #expect(one.isLopsided)
        #expect(!RenewalOutlook([renewal(100_000, 0.85)], unitMinor: 100).isLopsided)
        #expect(!RenewalOutlook([renewal(100_000, 1, .signed)], unitMinor: 100).isLopsided)
    }

    /// Neither the grid nor the rounding of amounts may put the percentile there: only what the outcomes themselves do.
    @Test func `has it above what is expected where less than a tenth of all outcomes falls short, and nowhere else`() {
        var random = SplitMix(seed: 11)
        var lopsided = 0
        for _ in 0..<200 {
            let book = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                (
                    arr: Int64.random(in: 1...9_999_999, using: &random),
                    probability: Double.random(in: 0.8...0.999, using: &random)
                )
            }
            let outlook = RenewalOutlook(
                book.map { renewal($0.arr, $0.probability) }, unitMinor: 100, correlation: 0)
            let total = Double(book.reduce(0) { $0 + $1.arr })
            // What the grid cannot tell apart is left open.
            let step = RenewalDistribution.grid(total: total, unit: 100) * Double(book.count)
            if outlook.isLopsided {
                lopsided += 1
                #expect(Self.falls(short: outlook.expectedMinor - step, of: book) < 0.1 + 1e-9)
            } else {
                #expect(Self.falls(short: outlook.expectedMinor + step, of: book) >= 0.1 - 1e-9)
            }
            #expect(outlook.quantilesMinor.p90 <= total + 1e-6)
        }
        #expect(lopsided > 20 && lopsided < 180)
    }
}
