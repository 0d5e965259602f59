/// A step from what is in force to something that asks more of the decided renewals, and whether it was taken: only where
/// it foretells later renewals better (mathematics §2).
package struct LadderStep: Sendable, Hashable {
    /// What would change.
    package enum Kind: Sendable, Hashable {
        /// The base becomes the rate of the renewal's number.
        case renewalNumber
        /// Rung 2: slope and level are fitted to the scores.
        case calibrated
        /// Rung 3: the dimensions of the score are fitted.
        case fitted
    }

    /// What came of it.
    package enum Outcome: Sendable, Hashable {
        /// Taken: Brier scores of the two newest folds.
        case taken([FoldScores])
        /// There are fewer lost or renewed ones than it needs.
        case tooFew(lost: Int, renewed: Int, needed: Int)
        /// The renewals are too few to tell numbers apart, or all of one number.
        case oneNumber
        /// The iteration did not settle.
        case notConverged
        /// The renewals lie too close together in time to foretell the newest from the others.
        case notCompared
        /// It does not foretell both of the newest folds better.
        case notBetter([FoldScores])
    }

    /// What would change.
    package var kind: Kind
    /// What came of it.
    package var outcome: Outcome

    /// A step that was looked at.
    package init(_ kind: Kind, _ outcome: Outcome) {
        self.kind = kind
        self.outcome = outcome
    }

    /// A step by how both ways foretold the newest folds.
    init(_ kind: Kind, comparing folds: [FoldScores]) {
        self.init(
            kind,
            folds.isEmpty
                ? .notCompared : folds.allSatisfy { $0.above < $0.below } ? .taken(folds) : .notBetter(folds))
    }

    /// Whether it was taken.
    package var isTaken: Bool {
        if case .taken = outcome { true } else { false }
    }

    /// What came of it, in words.
    package var sentence: String {
        switch outcome {
        case .taken(let folds):
            "\(name) foretells the newest renewals better than \(below) does (\(Self.text(folds))), so it is used."
        case .tooFew(let lost, let renewed, let needed):
            "\(name) needs \(needed) lost and \(needed) renewed ones; there are \(lost) and \(renewed)."
        case .oneNumber:
            "Too little was decided of renewals of different numbers to tell their rates apart, so one rate is used."
        case .notConverged: "The fit of \(name.lowercased()) did not settle, so it is not used."
        case .notCompared: "\(name) could not be compared with \(below) on later renewals, so it is not used."
        case .notBetter(let folds):
            "\(name) does not foretell the newest renewals better than \(below) does (\(Self.text(folds))), so it is "
                + "not used."
        }
    }

    private var name: String {
        switch kind {
        case .renewalNumber: "The rate of the renewal's number"
        case .calibrated: "Rung 2"
        case .fitted: "Rung 3"
        }
    }

    private var below: String {
        switch kind {
        case .renewalNumber: "one rate"
        case .calibrated: "rung 1"
        case .fitted: "rung 2"
        }
    }

    private static func text(_ folds: [FoldScores]) -> String {
        "Brier " + folds.map { text($0.above) }.joined(separator: " and ") + " against "
            + folds.map { text($0.below) }.joined(separator: " and ")
    }

    /// Four decimals.
    private static func text(_ score: Double) -> String {
        let digits = String(Int((score * 10_000).rounded()))
        return "0." + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
