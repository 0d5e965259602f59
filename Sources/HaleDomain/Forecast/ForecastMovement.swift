/// What moved between two forecasts of the same period, contract by contract: the changes of the expected ARR add up to the
/// difference of the two sums.
package struct ForecastMovement: Sendable, Hashable {
    /// Why the expected ARR of a renewal changed.
    package enum Cause: String, Sendable, Hashable, CaseIterable {
        /// It came into the period: a new contract, or a date that moved.
        case entered
        /// It was renewed, and is no open renewal any more.
        case renewed
        /// It was lost.
        case lost
        /// It left the period undecided: its date moved, it ended, or it was taken back.
        case left
        /// Its ARR changed, or the rate of its currency.
        case amount
        /// It was signed.
        case signed
        /// Notice was given, or taken back.
        case notice
        /// The state of the contract changed in another way, such as a notice date that passed.
        case state
        /// The account's score moved.
        case score
        /// What decided renewals say of a score changed.
        case calibration
        /// Another rung of the ladder or another base was taken.
        case rung
    }

    /// What turned the scores of both days into probabilities.
    package struct Formulas: Sendable, Hashable {
        /// That of the first day.
        package let before: RenewalFormula
        /// That of the second day.
        package let after: RenewalFormula

        /// The formulas of two days.
        package init(before: RenewalFormula, after: RenewalFormula) {
            self.before = before
            self.after = after
        }

        /// Whether rung and base are others.
        package var isAnotherLadder: Bool { after.isAnotherLadder(than: before) }
    }

    package struct Change: Sendable, Hashable {
        /// The renewal as it stands, or stood last.
        package let renewal: ForecastRenewal
        /// Why.
        package let cause: Cause
        /// Change of the expected ARR [minor units].
        package let minor: Double
        /// What it was before and is now; nil where it was not there.
        package let before: ForecastRenewal?
        /// What it is now.
        package let after: ForecastRenewal?
    }

    /// Expected ARR of the first forecast [minor units].
    package let beforeMinor: Double
    /// Expected ARR of the second forecast [minor units].
    package let afterMinor: Double
    /// The changes, the largest first.
    package let changes: [Change]

    /// Compares two forecasts.
    /// - Parameters:
    ///   - decided: What was decided in between, by contract id.
    ///   - formulas: What both stand on; nil where that is the same.
    package init(
        from before: [ForecastRenewal], to after: [ForecastRenewal], decided: [String: Bool], formulas: Formulas? = nil
    ) {
        beforeMinor = before.reduce(0) { $0 + $1.expectedMinor }
        afterMinor = after.reduce(0) { $0 + $1.expectedMinor }
        let old = Dictionary(before.map { ($0.contractID, $0) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(after.map { ($0.contractID, $0) }, uniquingKeysWith: { first, _ in first })
        var changes: [Change] = []
        for renewal in before where new[renewal.contractID] == nil {
            let cause: Cause = decided[renewal.contractID].map { $0 ? .renewed : .lost } ?? .left
            changes.append(
                Change(renewal: renewal, cause: cause, minor: -renewal.expectedMinor, before: renewal, after: nil))
        }
        for renewal in after {
            guard let earlier = old[renewal.contractID] else {
                changes.append(
                    Change(renewal: renewal, cause: .entered, minor: renewal.expectedMinor, before: nil, after: renewal)
                )
                continue
            }
            for (cause, minor) in Self.parts(from: earlier, to: renewal, formulas) where minor != 0 {
                changes.append(
                    Change(renewal: renewal, cause: cause, minor: minor, before: earlier, after: renewal))
            }
        }
        self.changes = changes.sorted {
            abs($0.minor) != abs($1.minor)
                ? abs($0.minor) > abs($1.minor)
                : ($0.renewal.contractID, $0.cause.rawValue) < ($1.renewal.contractID, $1.cause.rawValue)
        }
    }

    /// Sums by cause, causes without a change left out.
    package var sums: [(cause: Cause, minor: Double, renewals: Int)] {
        Cause.allCases.compactMap { cause in
            let own = changes.filter { $0.cause == cause }
            return own.isEmpty ? nil : (cause, own.reduce(0) { $0 + $1.minor }, own.count)
        }
    }

    /// The mean of both probabilities weighs the change of the amount, and the mean of both amounts that of the
    /// probability, so that nothing is left over. A score counts as the first day's formula reads it; where that cannot be
    /// told from the second day's, all is put down to the formula.
    private static func parts(
        from before: ForecastRenewal, to after: ForecastRenewal, _ formulas: Formulas?
    ) -> [(cause: Cause, minor: Double)] {
        let (was, now) = (before.renewal.probability, after.renewal.probability)
        let amount = (Double(before.arrMinor) + Double(after.arrMinor)) / 2
        var parts: [(Cause, Double)] = [(.amount, (Double(after.arrMinor) - Double(before.arrMinor)) * (was + now) / 2)]
        if let from = before.logOdds, let to = after.logOdds {
            let ratio = formulas.map { $0.before.slopeRatio(to: $0.after) } ?? 1
            let scored = ratio.map { RenewalLogOdds(base: from.base, score: to.score * $0).probability } ?? was
            parts.append((.score, amount * (scored - was)))
            parts.append((formulas?.isAnotherLadder == true ? .rung : .calibration, amount * (now - scored)))
        } else {
            parts.append((cause(from: before.renewal.basis, to: after.renewal.basis), amount * (now - was)))
        }
        return parts
    }

    private static func cause(from before: ProbabilityBasis, to after: ProbabilityBasis) -> Cause {
        if after == .signed { return .signed }
        return before == .notice || after == .notice ? .notice : .state
    }
}
