/// What a renewal probability starts from, before the score shifts it.
package enum RenewalBase: String, Sendable, Hashable, CaseIterable {
    /// The rate of the renewal's group.
    case rate
    /// The beta-geometric rate of the group's renewals of the same number: first, second, …
    case renewalNumber = "renewal_number"
}

/// Odds of renewals of a group by their number.
package struct RenewalOdds: Sendable, Hashable {
    /// Log odds of a first renewal.
    package var logOdds: Double
    /// What each renewal before adds to the odds; 0 where the number says nothing.
    package var gain: Double

    /// Odds by number.
    package init(logOdds: Double, gain: Double = 0) {
        self.logOdds = logOdds
        self.gain = gain
    }

    /// Log odds of the renewal of a number, 1 for the first.
    package func logOdds(of number: Int) -> Double {
        gain == 0 ? logOdds : Real.logarithm(Real.exponential(logOdds) + gain * Double(number - 1))
    }
}

/// The rates of decided renewals by group, and by number where that is the base (mathematics §2).
package struct RenewalRates: Sendable, Hashable {
    /// What they go by.
    package var base: RenewalBase
    /// Odds of groups with decided renewals.
    package var groups: [RenewalGroup: RenewalOdds]
    /// Odds of the other segments, by term.
    package var others: [RenewalTerm: RenewalOdds]

    /// Rates that are known already.
    package init(base: RenewalBase, groups: [RenewalGroup: RenewalOdds], others: [RenewalTerm: RenewalOdds]) {
        self.base = base
        self.groups = groups
        self.others = others
    }

    /// The rates of what was decided. Terms are counted apart: the assumed rate is that of a year, and that of a shorter
    /// term such that a year of them comes to the same.
    package init(_ history: RenewalHistory, base: RenewalBase, assumptions: RenewalAssumptions = RenewalAssumptions()) {
        self.init(base: base, groups: [:], others: [:])
        for term in RenewalTerm.allCases {
            var own = assumptions
            own.baseRate = Real.power(assumptions.baseRate, term.years)
            // A fixed order, so that sums are the same in every run.
            let segments = history.counts
                .filter { $0.key.term == term && SegmentCounts($0.value).decided > 0 }
                .sorted { ($0.key.segment ?? "") < ($1.key.segment ?? "") }
                .map { (group: $0.key, numbers: $0.value) }
            let flat = SegmentRates(segments.map { SegmentCounts($0.numbers) }, assumptions: own)
            guard base == .renewalNumber,
                let byNumber = RatesByNumber(segments.map(\.numbers), flat: flat, assumptions: own)
            else {
                others[term] = RenewalOdds(logOdds: Real.logit(segments.isEmpty ? own.baseRate : flat.globalRate))
                for (segment, rate) in zip(segments, flat.rates) {
                    groups[segment.group] = RenewalOdds(logOdds: Real.logit(rate.mean))
                }
                continue
            }
            others[term] = byNumber.all.odds
            for (segment, curve) in zip(segments, byNumber.segments) { groups[segment.group] = curve.odds }
        }
    }

    /// Log odds of a renewal.
    package func logOdds(of group: RenewalGroup, number: Int) -> Double {
        (groups[group] ?? others[group.term])?.logOdds(of: number) ?? 0
    }

    /// Whether the number of a renewal says anything in any of its groups.
    package var tellsNumbersApart: Bool {
        groups.values.contains { $0.gain != 0 } || others.values.contains { $0.gain != 0 }
    }
}

/// Beta-geometric curves of the segments of one term, drawn towards that of all of them.
private struct RatesByNumber {
    let all: BetaGeometricCurve
    let segments: [BetaGeometricCurve]

    /// Nil where too little was decided to tell numbers apart.
    init?(_ segments: [[Int: SegmentCounts]], flat: SegmentRates, assumptions: RenewalAssumptions) {
        var pooled: [Int: SegmentCounts] = [:]
        for numbers in segments {
            for (number, counts) in numbers { pooled[number, default: SegmentCounts(renewed: 0, decided: 0)] += counts }
        }
        guard Self.isEnough(pooled, assumptions) else { return nil }
        let all = BetaGeometricCurve(
            fitting: Self.exposures(pooled, drawnTo: { _ in assumptions.baseRate }, by: assumptions.globalStrength))
        self.all = all
        self.segments = segments.map { numbers in
            let exposures = Self.exposures(numbers, drawnTo: all.rate, by: flat.concentration)
            return Self.isEnough(numbers, assumptions)
                ? BetaGeometricCurve(fitting: exposures) : Self.raised(all, to: exposures)
        }
    }

    private static func isEnough(_ numbers: [Int: SegmentCounts], _ assumptions: RenewalAssumptions) -> Bool {
        let total = SegmentCounts(numbers)
        return numbers.count { $0.value.decided > 0 } >= assumptions.minimumNumbers
            && total.decided >= assumptions.minimumDecidedForNumbers
            && min(total.renewed, total.lost) >= assumptions.minimumOfEachForNumbers
    }

    /// What was decided, and so many renewals more at a known rate, spread over the numbers as what was decided is.
    private static func exposures(
        _ numbers: [Int: SegmentCounts], drawnTo rate: (Int) -> Double, by strength: Double
    ) -> [BetaGeometricCurve.Exposure] {
        let decided = Double(SegmentCounts(numbers).decided)
        return numbers.sorted { $0.key < $1.key }.map { number, counts in
            let more = decided > 0 ? strength * Double(counts.decided) / decided : 0
            return BetaGeometricCurve.Exposure(
                number: number, renewed: Double(counts.renewed) + more * rate(number),
                lost: Double(counts.lost) + more * (1 - rate(number)))
        }
    }

    /// A curve with the spread of another one, of which as many are expected to renew as did.
    private static func raised(
        _ curve: BetaGeometricCurve, to exposures: [BetaGeometricCurve.Exposure]
    ) -> BetaGeometricCurve {
        let concentration = curve.alpha + curve.beta
        var (left, weight) = (0.0, 0.0)
        for exposure in exposures {
            let before = Double(exposure.number - 1)
            let asked = exposure.renewed + exposure.lost
            left += exposure.renewed - asked * before / (concentration + before)
            weight += asked * concentration / (concentration + before)
        }
        let rate = weight > 0 ? left / weight : curve.rate(of: 1)
        return BetaGeometricCurve(firstRate: Real.clamp(rate, 1e-3, 1 - 1e-3), concentration: concentration)
    }
}
