/// What is known of an account when tasks are planned.
package struct TaskAccount: Sendable, Hashable {
    /// Key of the account in the database.
    package var accountKey: Int64
    /// Identifier of the account given by the user.
    package var accountID: String
    /// Band after exceptions.
    package var band: Band
    /// The account's flags.
    package var flags: RiskFlags
    /// State of the account's contracts taken together.
    package var contractState: ContractState
    /// True if notice of non-renewal was given on any open contract.
    package var noticeGiven: Bool
    /// Days to the nearest decision, negative when past; nil without one.
    package var daysToDecision: Int?
    /// Day of that decision; nil without one, and for a contract without end.
    package var decisionOn: Day?
    /// Factor on the value of acting now.
    package var urgency: Double
    /// Sum over the contracts of ARR times (1 - P(renewed)) [major units of the reporting currency].
    package var expectedLoss: Double
    /// The day on which it became a customer; nil where nothing tells.
    package var startedOn: Day?
    /// Its segment.
    package var segment: String?
    /// ARR of its open contracts [major units of the reporting currency].
    package var arr = 0.0
    /// Whether somebody's newest NPS answer is a promoter's.
    package var hasPromoter = false
    /// P(lost) over its contracts, by ARR; nil where nothing is at stake.
    package var risk: Double?
    /// The firing alerts that ask for a playbook.
    package var calls: [PlaybookCall] = []
    /// Its tasks, as far as they count today.
    package var history: [TaskRecord] = []
    /// The last day on which one of us was in touch with it, as far as that counts today; nil for none.
    package var lastContactOn: Day?

    /// What is known of an account when tasks are planned.
    package init(
        accountKey: Int64, accountID: String, band: Band, flags: RiskFlags = RiskFlags(),
        contractState: ContractState, noticeGiven: Bool = false, daysToDecision: Int? = nil, decisionOn: Day? = nil,
        urgency: Double = 1, expectedLoss: Double
    ) {
        self.accountKey = accountKey
        self.accountID = accountID
        self.band = band
        self.flags = flags
        self.contractState = contractState
        self.noticeGiven = noticeGiven || contractState == .noticeGiven
        self.daysToDecision = daysToDecision
        self.decisionOn = decisionOn
        self.urgency = urgency
        self.expectedLoss = expectedLoss
    }
}
