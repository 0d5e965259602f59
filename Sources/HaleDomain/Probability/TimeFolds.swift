/// The newest parts of some observations in order of time, each with what was known an embargo before it began: what is
/// compared on them is compared as it would have foretold (mathematics §2). A day is never torn apart.
struct TimeFolds {
    /// One part.
    struct Fold {
        /// Positions of what is foretold.
        let tested: [Int]
        /// The day from which on nothing is learnt.
        let knownBefore: Day
    }

    /// The parts that decide, the older first; empty where one of them holds nothing.
    let newest: [Fold]

    /// Cuts observations into parts of equal weight.
    init(_ observations: [(day: Day, weight: Double)], assumptions: RenewalAssumptions) {
        let total = observations.reduce(0) { $0 + $1.weight }
        var byDay: [Day: (positions: [Int], weight: Double)] = [:]
        for (position, observation) in observations.enumerated() {
            byDay[observation.day, default: ([], 0)].positions.append(position)
            byDay[observation.day, default: ([], 0)].weight += observation.weight
        }
        let parts = assumptions.folds
        var tested: [[Int]] = Array(repeating: [], count: parts)
        var first: [Day?] = Array(repeating: nil, count: parts)
        var before = 0.0
        for (day, own) in byDay.sorted(by: { $0.key < $1.key }) where own.weight > 0 {
            let part = min(parts - 1, Int(Double(parts) * (before + own.weight / 2) / total))
            tested[part] += own.positions
            first[part] = first[part] ?? day
            before += own.weight
        }
        let folds = (parts - assumptions.foldsThatDecide..<parts).compactMap { part in
            first[part].map { Fold(tested: tested[part], knownBefore: $0 - assumptions.embargoDays) }
        }
        newest = folds.count == assumptions.foldsThatDecide ? folds : []
    }
}

/// How two ways foretold the renewals of a later time (Brier scores, less is better).
package struct FoldScores: Sendable, Hashable {
    /// Of what is in force without the step.
    package let below: Double
    /// Of what the step would bring.
    package let above: Double

    /// Two Brier scores.
    package init(below: Double, above: Double) {
        self.below = below
        self.above = above
    }

    /// Of squared errors that were added up with their weights.
    init(below: Double, above: Double, weight: Double) {
        self.init(below: below / weight, above: above / weight)
    }
}
