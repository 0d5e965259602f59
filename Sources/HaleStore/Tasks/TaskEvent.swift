package import HaleDomain

/// Something that was done to a task.
package struct TaskEvent: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case opened, resolved, lapsed, cancelled, done, snoozed, woken, assigned, added, dropped, reopened
    }

    package let number: Int64
    /// Number of the task.
    package let task: Int64
    package let day: Day
    package let kind: Kind
    /// E-mail of who did it; nil for the night.
    package let person: String?
    package let note: String?
    package let outcome: TaskOutcome?
    /// When it was written down, in the organisation's time zone, to the minute.
    package let recordedAt: String
    /// True if it was taken back.
    package let isUndone: Bool
}

/// A task that somebody named.
package struct FoundTask: Sendable, Hashable {
    package let accountKey: Int64
    /// The account's id as imported.
    package let accountID: String
    package let number: Int64
    package let origin: TaskOrigin
    package let title: String
    /// What an action may change, as it was seen: a JSON object.
    package let state: String
    package let closedOn: Day?
    package let end: TaskEnd?
    package let decisionOn: Day?
    package let risk: Double?
    package let coolDownDays: Int
    /// The first day on which a dated step is too late.
    package let lapsesOn: Day?
    /// True if the account is left alone on purpose.
    package let isHeldOut: Bool
}
