/// What a condition is on a day: SQL's three truth values.
package enum ConditionTruth: Character, Sendable, Hashable, CaseIterable {
    case holds = "t"
    /// It does not hold.
    case fails = "f"
    /// It cannot be told: a signal that it needs is missing.
    case unknown = "u"
}

/// What a rule's conditions are for one account on a day.
package struct ConditionReading: Sendable, Hashable {
    /// The condition itself.
    package var met: ConditionTruth
    /// What clears a firing alert.
    package var cleared: ConditionTruth

    /// What the conditions are; without a word about clearing it is the opposite of the condition.
    package init(met: ConditionTruth, cleared: ConditionTruth? = nil) {
        self.met = met
        self.cleared = cleared ?? met.opposite
    }

    /// Nothing can be told.
    package static let unknown = ConditionReading(met: .unknown)

    /// What a firing alert lives by: it goes on while the condition holds, and while it is neither met nor cleared.
    var sustained: ConditionTruth {
        switch (met, cleared) {
        case (.holds, _): .holds
        case (.unknown, _), (_, .unknown): .unknown
        case (.fails, .holds): .fails
        case (.fails, .fails): .holds
        }
    }
}

extension ConditionTruth {
    /// The truth of the opposite.
    var opposite: ConditionTruth {
        switch self {
        case .holds: .fails
        case .fails: .holds
        case .unknown: .unknown
        }
    }
}
