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
        (0.85, .assumed, .commit), (0.8499, .assumed, .mostLikely), (0.6, .fitted, .mostLikely),
        (0.5999, .fitted, .bestCase), (0.3, .fitted, .bestCase), (0.2999, .fitted, .atRisk), (0.05, .notice, .atRisk),
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
}
