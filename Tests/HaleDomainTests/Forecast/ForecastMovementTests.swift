import HaleDomain
import Testing

@Suite struct `What moved between two forecasts` {
    private func renewal(
        _ contract: String, _ arr: Int64, _ probability: Double, _ basis: ProbabilityBasis = .calibrated,
        base: Double? = nil, score: Double = 0
    ) -> ForecastRenewal {
        let logOdds = base.map { RenewalLogOdds(base: $0, score: score) }
        return ForecastRenewal(
            contractID: contract, accountID: "A", arrMinor: arr,
            renewal: RenewalProbability(
                probability: logOdds?.probability ?? probability, basis: basis, decidedRenewals: 40),
            logOdds: logOdds)
    }

    @Test func `names the cause of each change`() {
        let movement = ForecastMovement(
            from: [
                renewal("won", 1_000, 0.8), renewal("lost", 2_000, 0.5), renewal("gone", 300, 0.9),
                renewal("signed", 400, 0.7), renewal("notice", 500, 0.8), renewal("locked", 600, 0.9),
                renewal("same", 700, 0.6),
            ],
            to: [
                renewal("new", 100, 0.5), renewal("signed", 400, 1, .signed), renewal("notice", 500, 0.05, .notice),
                renewal("locked", 600, 0.98, .lockedIn), renewal("same", 700, 0.6),
            ], decided: ["won": true, "lost": false])
        let changes = Dictionary(uniqueKeysWithValues: movement.changes.map { ($0.renewal.contractID, $0) })
        let expected: [String: (ForecastMovement.Cause, Double)] = [
            "won": (.renewed, -800), "lost": (.lost, -1_000), "gone": (.left, -270), "new": (.entered, 50),
            "signed": (.signed, 120), "notice": (.notice, -375), "locked": (.state, 48),
        ]
        #expect(changes.keys.sorted() == expected.keys.sorted())
        for (contract, (cause, minor)) in expected {
            #expect(changes[contract]?.cause == cause)
            #expect(abs((changes[contract]?.minor ?? .nan) - minor) < 1e-9)
        }
        #expect(movement.changes.map(\.renewal.contractID).prefix(2) == ["lost", "won"])
    }

    /// p(0.5 + 0.2) = 0.668188, p(0.5 - 0.4) = 0.524979, p(0.9 - 0.4) = 0.622459 with the logistic function by hand.
    @Test func `splits amount, score and calibration without a rest`() {
        let movement = ForecastMovement(
            from: [renewal("k", 1_000, 0, base: 0.5, score: 0.2)],
            to: [renewal("k", 1_400, 0, base: 0.9, score: -0.4)], decided: [:])
        let parts = Dictionary(uniqueKeysWithValues: movement.changes.map { ($0.cause, $0.minor) })
        #expect(parts.keys.count == 3)
        #expect(abs((parts[.amount] ?? 0) - 400 * (0.668_188 + 0.622_459) / 2) < 1e-3)
        #expect(abs((parts[.score] ?? 0) - 1_200 * (0.524_979 - 0.668_188)) < 2e-3)
        #expect(abs((parts[.calibration] ?? 0) - 1_200 * (0.622_459 - 0.524_979)) < 2e-3)
        #expect(abs(movement.sums.reduce(0) { $0 + $1.minor } - (movement.afterMinor - movement.beforeMinor)) < 1e-9)
    }

    private func formula(rung: Int, base: RenewalBase = .rate, slope: Double) -> RenewalFormula {
        RenewalFormula(
            rung: rung, decidedRenewals: 40, lostRenewals: 9,
            rates: RenewalRates(base: base, groups: [:], others: [.year: RenewalOdds(logOdds: 0.5)]), intercept: 0,
            slope: slope, dimensions: [], dimensionSlopes: [], fittedRenewals: 40)
    }

    /// The score did not move: it adds 0.9 on the assumed slope and 0.3 on the fitted one. p(1.4) = 0.802184,
    /// p(0.5 + 0.3) = 0.689974.
    @Test func `puts down to another rung what the same score says on it`() {
        let movement = ForecastMovement(
            from: [renewal("k", 1_000, 0, base: 0.5, score: 0.9)],
            to: [renewal("k", 1_000, 0, base: 0.5, score: 0.3)], decided: [:],
            formulas: .init(before: formula(rung: 1, slope: 0.9), after: formula(rung: 2, slope: 0.3)))
        #expect(movement.sums.map(\.cause) == [.rung])
        #expect(abs(movement.sums[0].minor - 1_000 * (0.689_974 - 0.802_184)) < 2e-3)
        // On the same rung a slope that was fitted anew is what decided renewals say.
        let refitted = ForecastMovement(
            from: [renewal("k", 1_000, 0, base: 0.5, score: 0.9)],
            to: [renewal("k", 1_000, 0, base: 0.5, score: 0.3)], decided: [:],
            formulas: .init(before: formula(rung: 2, slope: 0.9), after: formula(rung: 2, slope: 0.3)))
        #expect(refitted.sums.map(\.cause) == [.calibration])
        let onNumber = ForecastMovement(
            from: [renewal("k", 1_000, 0, base: 0.5, score: 0.9)],
            to: [renewal("k", 1_000, 0, base: 0.9, score: 1.1)], decided: [:],
            formulas: .init(
                before: formula(rung: 1, slope: 0.9), after: formula(rung: 1, base: .renewalNumber, slope: 0.9)))
        #expect(Set(onNumber.sums.map(\.cause)) == [.score, .rung])
    }

    @Test func `adds up whatever moved`() {
        var random = SplitMix(seed: 7)
        func side() -> [ForecastRenewal] {
            (0..<40).compactMap { index in
                guard Bool.random(using: &random) else { return nil }
                let arr = Int64.random(in: 0...90_000, using: &random)
                if Int.random(in: 0..<5, using: &random) == 0 { return renewal("k\(index)", arr, 0.05, .notice) }
                return renewal(
                    "k\(index)", arr, 0, base: Double.random(in: -2...2, using: &random),
                    score: Double.random(in: -2...2, using: &random))
            }
        }
        for _ in 0..<50 {
            let movement = ForecastMovement(from: side(), to: side(), decided: ["k3": true, "k4": false])
            let change = movement.afterMinor - movement.beforeMinor
            #expect(abs(movement.changes.reduce(0) { $0 + $1.minor } - change) < 1e-6)
            #expect(abs(movement.sums.reduce(0) { $0 + $1.minor } - change) < 1e-6)
        }
    }
}
