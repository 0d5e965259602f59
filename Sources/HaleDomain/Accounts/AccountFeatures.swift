/// What is known of an account's champion.
package enum ChampionActivity: Sendable, Hashable {
    /// Nobody has the role.
    case noneAssigned
    /// Everybody who had the role has left.
    case allLeft
    /// Days in the look-back on which the most recently active champion used the product, replied or met us; and where
    /// there are none, whether a champion ever did.
    case active(DaySet, seenBefore: Bool = false)
}

/// Everything known of an account before a day, from which its score follows.
package struct AccountFeatures: Sendable, Hashable {
    /// Key in the database.
    package var accountKey: Int64
    /// Identifier given by the user.
    package var accountID: String
    /// The earlier of the account's creation and its first contract, else its first usage; nil if none is known.
    package var startedOn: Day?
    /// Country whose holidays count.
    package var country: String?
    /// Segment whose renewal rate counts.
    package var segment: String?
    /// Daily usage; nil if no usage of the account was ever recorded, which is missing data. A series of zeros is
    /// silence.
    package var usage: UsageSeries?
    /// The usage summed up already; where it is given, the series is not needed.
    package var digest: UsageDigest?
    /// What the windows of lists hold, whatever the model's own are.
    package var totals = UsageTotals()
    /// Different people active in the last 28 days.
    package var activePeople28d: Int
    /// Seats bought in the live contracts; nil if unknown.
    package var seats: Int?
    /// Different key features used in the last 28 days.
    package var keyFeaturesUsed: Int
    package var champion: ChampionActivity
    /// The latest response of each respondent.
    package var responses: [NPSResponse]
    package var openTickets: OpenTickets
    /// Days the oldest unpaid invoice is overdue, 0 if none is; nil if the account has no invoices.
    package var overdueDays: Int?
    /// The open contracts.
    package var contracts: [ContractFacts]
    /// How the CSM reads the account; nil if nobody said.
    package var pulse: Pulse?

    /// What is known of an account; everything left out is unknown or none.
    package init(
        accountKey: Int64, accountID: String, startedOn: Day? = nil, country: String? = nil, segment: String? = nil,
        usage: UsageSeries? = nil, activePeople28d: Int = 0, seats: Int? = nil, keyFeaturesUsed: Int = 0,
        champion: ChampionActivity = .noneAssigned, responses: [NPSResponse] = [],
        openTickets: OpenTickets = OpenTickets(), overdueDays: Int? = nil, contracts: [ContractFacts] = []
    ) {
        self.accountKey = accountKey
        self.accountID = accountID
        self.startedOn = startedOn
        self.country = country
        self.segment = segment
        self.usage = usage
        self.activePeople28d = activePeople28d
        self.seats = seats
        self.keyFeaturesUsed = keyFeaturesUsed
        self.champion = champion
        self.responses = responses
        self.openTickets = openTickets
        self.overdueDays = overdueDays
        self.contracts = contracts
    }

    /// The figure of each measure of the model, in their order; empty for none.
    package var measures: [Double?] = []

    /// Why the account cannot be scored, such as a measure that fails for it; nil where nothing speaks against it.
    package var obstacle: String?

    /// Whether any usage of the account was ever recorded.
    package var hasUsage: Bool { usage != nil || digest != nil }

    /// Days since the account started; nil if that is unknown.
    package func ageDays(asOf: Day) -> Int? {
        startedOn.map { asOf - $0 }
    }
}
