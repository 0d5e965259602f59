/// What somebody said will come of a renewal.
public struct HumanForecast: Sendable, Hashable {
    /// ARR that will be renewed [minor units of the reporting currency]; nil where only a category was said.
    public var amountMinor: Int64?
    /// The category; nil where only an amount was said.
    public var category: RenewalCategory?
    /// Who said so.
    public var by: String
    /// A note to it.
    public var note: String?

    /// What somebody said will come of a renewal.
    public init(amountMinor: Int64?, category: RenewalCategory?, by: String, note: String? = nil) {
        self.amountMinor = amountMinor
        self.category = category
        self.by = by
        self.note = note
    }
}

/// What a probability is made of on its log odds: the rate it starts from, and what the score adds.
public struct RenewalLogOdds: Sendable, Hashable {
    /// Log odds at the mean score.
    public var base: Double
    /// What the score adds.
    public var score: Double

    /// The parts of a probability.
    public init(base: Double, score: Double) {
        self.base = base
        self.score = score
    }

    /// The probability.
    public var probability: Double { Real.logistic(base + score) }
}

/// A contract that comes up for renewal, and how likely it is renewed.
public struct ForecastRenewal: Sendable, Hashable {
    /// The contract's id as imported.
    public var contractID: String
    /// The account's id as imported.
    public var accountID: String
    /// The account's name.
    public var account: String
    /// The account's segment.
    public var segment: String?
    /// E-mail of the responsible CSM.
    public var csm: String?
    /// ARR [minor units of the reporting currency].
    public var arrMinor: Int64
    /// The renewal date.
    public var renewsOn: Day?
    /// The day by which it is decided.
    public var decisionOn: Day?
    /// How likely it is renewed, and what that rests on.
    public var renewal: RenewalProbability
    /// What the probability is made of; nil where the state of the contract decides.
    public var logOdds: RenewalLogOdds?
    /// Which renewal of its account and product it is: 1 for the first; nil where that was not asked.
    public var renewalNumber: Int?
    /// The account's score; nil where too little is known of it.
    public var score: Double?
    /// What somebody said of it.
    public var human: HumanForecast?

    /// A contract that comes up for renewal.
    public init(
        contractID: String, accountID: String, account: String = "", segment: String? = nil, csm: String? = nil,
        arrMinor: Int64, renewsOn: Day? = nil, decisionOn: Day? = nil, renewal: RenewalProbability,
        logOdds: RenewalLogOdds? = nil, renewalNumber: Int? = nil, score: Double? = nil, human: HumanForecast? = nil
    ) {
        self.contractID = contractID
        self.accountID = accountID
        self.account = account
        self.segment = segment
        self.csm = csm
        self.arrMinor = arrMinor
        self.renewsOn = renewsOn
        self.decisionOn = decisionOn
        self.renewal = renewal
        self.logOdds = logOdds
        self.renewalNumber = renewalNumber
        self.score = score
        self.human = human
    }

    /// Its place in the forecast.
    public var category: RenewalCategory { RenewalCategory(renewal) }

    /// ARR times probability [minor units].
    public var expectedMinor: Double { Double(arrMinor) * renewal.probability }
}

/// A renewal that was decided already.
public struct DecidedContract: Sendable, Hashable {
    /// The contract's id as imported.
    public var contractID: String
    /// The account's id as imported.
    public var accountID: String
    /// The account's name.
    public var account: String
    /// The account's segment.
    public var segment: String?
    /// E-mail of the responsible CSM.
    public var csm: String?
    /// The term end that was decided.
    public var renewalOn: Day
    /// The day of the decision.
    public var decidedOn: Day
    /// Whether it was renewed; else lost.
    public var isRenewed: Bool
    /// ARR the day before [minor units of the reporting currency].
    public var arrMinor: Int64

    /// A renewal that was decided already.
    public init(
        contractID: String, accountID: String, account: String = "", segment: String? = nil, csm: String? = nil,
        renewalOn: Day, decidedOn: Day, isRenewed: Bool, arrMinor: Int64
    ) {
        self.contractID = contractID
        self.accountID = accountID
        self.account = account
        self.segment = segment
        self.csm = csm
        self.renewalOn = renewalOn
        self.decidedOn = decidedOn
        self.isRenewed = isRenewed
        self.arrMinor = arrMinor
    }
}
