/// A task as every list shows it.
package struct ListedTask: PlannableTask {
    /// Its short number; nil for one that was planned for a past day and never stored.
    package var number: Int64?
    package var origin: TaskOrigin
    package var accountKey: Int64
    /// The account's id as imported.
    package var accountID: String
    package var accountName: String
    package var segment: String?
    /// E-mail of the account's CSM.
    package var csm: String?
    /// E-mail of who was given it; nil where it is the account's CSM.
    package var assignee: String?
    /// Minutes that whoever does it has in a day.
    package var capacityMinutes: Int
    /// The band that people see.
    package var band: Band
    /// The band that was computed.
    package var computedBand: Band
    /// What somebody set the band to, where it holds.
    package var override: BandOverride?
    /// What to do, in a few words.
    package var title: String
    /// Why, in a few words with figures, the most pressing first.
    package var facts: [String]
    /// Why, in sentences.
    package var reasons: [String]
    /// The playbook that says what to do; nil where a reason does.
    package var playbook: String?
    /// The dated step of the playbook; empty for any other task.
    package var step: String
    /// What to do, line by line.
    package var checklist: [String]
    /// Length [minutes].
    package var minutes: Int
    /// Day by which it should be done.
    package var dueOn: Day
    /// The day on which it was opened; nil for one that was never stored.
    package var openedOn: Day?
    /// Day of the nearest decision; nil without one.
    package var decisionOn: Day?
    /// Days to it, negative when past.
    package var daysToDecision: Int?
    /// Factor on the value of acting now.
    package var urgency: Double
    /// P(lost) over the account's contracts, by ARR.
    package var risk: Double?
    /// Share of losses that it is assumed to prevent.
    package var saveRate: Double
    /// True until enough was decided with the playbook and without it.
    package var isSaveRateAssumed: Bool
    /// What it is worth.
    package var priority: TaskPriority
    /// What the renewal probabilities rest on, such as `assumed slope, n = 12`.
    package var basis: String?
    /// True if it is to complete what Hale knows; it has no value in money.
    package var isDataTask: Bool
    /// True if the account is left alone on purpose.
    package var isHeldOut: Bool
    /// The day on which it is shown again; nil while it is shown.
    package var snoozedUntil: Day?
    /// The task that somebody ended and that came back with this one.
    package var former: Int64?
    /// How it ended; nil while it is open.
    package var end: TaskEnd?
    /// The day on which it ended.
    package var closedOn: Day?
    /// What came of it.
    package var outcome: TaskOutcome?
    /// The reporting currency; nil where none is known.
    package var currency: String?
    /// Decimals of its minor unit.
    package var minorDigits: Int
    /// Whether its account pays less than the median of those that its CSM looks after on the day.
    package var isOfSmallAccount = false
    /// Whether its account is red and none of us spoke to the customer for ``untouchedDays``; told for plans of a week.
    package var isLongUntouched = false
    /// After how many days without a call, a meeting or a mail of ours a red account enters the next week's plan.
    package static let untouchedDays = 90
    /// The days of a plan on which it is its performer's, where a cover begins or ends within them; nil for all.
    package var turn: ClosedRange<Day>?

    package init(
        number: Int64? = nil, origin: TaskOrigin, accountKey: Int64, accountID: String, accountName: String,
        segment: String? = nil, csm: String? = nil, assignee: String? = nil, capacityMinutes: Int, band: Band,
        computedBand: Band, override: BandOverride? = nil, title: String, facts: [String], reasons: [String],
        playbook: String? = nil, step: String, checklist: [String], minutes: Int, dueOn: Day, openedOn: Day? = nil,
        decisionOn: Day? = nil, daysToDecision: Int? = nil, urgency: Double, risk: Double? = nil, saveRate: Double,
        isSaveRateAssumed: Bool = true, priority: TaskPriority, basis: String? = nil, isDataTask: Bool, isHeldOut: Bool,
        snoozedUntil: Day? = nil,
        former: Int64? = nil, end: TaskEnd? = nil, closedOn: Day? = nil, outcome: TaskOutcome? = nil,
        currency: String? = nil, minorDigits: Int
    ) {
        self.number = number
        self.origin = origin
        self.accountKey = accountKey
        self.accountID = accountID
        self.accountName = accountName
        self.segment = segment
        self.csm = csm
        self.assignee = assignee
        self.capacityMinutes = capacityMinutes
        self.band = band
        self.computedBand = computedBand
        self.override = override
        self.title = title
        self.facts = facts
        self.reasons = reasons
        self.playbook = playbook
        self.step = step
        self.checklist = checklist
        self.minutes = minutes
        self.dueOn = dueOn
        self.openedOn = openedOn
        self.decisionOn = decisionOn
        self.daysToDecision = daysToDecision
        self.urgency = urgency
        self.risk = risk
        self.saveRate = saveRate
        self.isSaveRateAssumed = isSaveRateAssumed
        self.priority = priority
        self.basis = basis
        self.isDataTask = isDataTask
        self.isHeldOut = isHeldOut
        self.snoozedUntil = snoozedUntil
        self.former = former
        self.end = end
        self.closedOn = closedOn
        self.outcome = outcome
        self.currency = currency
        self.minorDigits = minorDigits
    }

    /// Expected value protected, in minor units of the reporting currency.
    package var valueProtectedMinor: Int64 {
        Int64(nearest: priority.valueProtected * Real.power(10, Double(minorDigits)))
    }

    /// E-mail of who does it; nil for an account without a CSM.
    package var performer: String? { assignee ?? csm }
    /// Whether somebody promised it: it is to be done on its day whatever it is worth.
    package var isPromise: Bool { origin == .person }

    /// The task with what is to be said where its account is red and none of us spoke to the customer for long.
    /// - Parameter contact: The last day of a call, a meeting or a mail of ours; nil for never.
    package func afterContact(on contact: Day?, asOf day: Day) -> ListedTask {
        var task = self
        guard band == .red, contact.map({ day - $0 >= Self.untouchedDays }) ?? true else { return task }
        task.isLongUntouched = true
        let words = contact.map { "nobody spoke to them for \(day - $0) d" } ?? "nobody ever spoke to them"
        task.facts.insert(words, at: min(1, facts.count))
        return task
    }

    /// Whether lists show it on a day: it is open, not snoozed beyond the day, and the account is not left alone.
    package func isShown(on day: Day) -> Bool {
        end == nil && !isHeldOut && snoozedUntil.map { $0 <= day } ?? true
    }

    /// The order of the list: the greatest score first, ties by decision day, then by account; data tasks last.
    package static func isBefore(_ left: ListedTask, _ right: ListedTask) -> Bool {
        if left.isDataTask != right.isDataTask { return right.isDataTask }
        if left.priority.score != right.priority.score { return left.priority.score > right.priority.score }
        if left.decisionOn != right.decisionOn {
            guard let first = left.decisionOn else { return false }
            guard let second = right.decisionOn else { return true }
            return first < second
        }
        if left.accountID != right.accountID { return left.accountID < right.accountID }
        return (left.number ?? .max, left.step) < (right.number ?? .max, right.step)
    }
}
