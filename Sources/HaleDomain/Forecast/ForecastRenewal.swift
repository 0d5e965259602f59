/// What somebody said will come of a renewal.
package struct HumanForecast: Sendable, Hashable {
    /// ARR that will be renewed [minor units of the reporting currency]; nil where only a category was said.
    package var amountMinor: Int64?
    /// The category; nil where only an amount was said.
    package var category: RenewalCategory?
    /// Who said so.
    package var by: String
    package var note: String?

    /// What somebody said will come of a renewal.
    package init(amountMinor: Int64?, category: RenewalCategory?, by: String, note: String? = nil) {
        self.amountMinor = amountMinor
        self.category = category
        self.by = by
        self.note = note
    }
}

/// What a probability is made of on its log odds: the rate it starts from, and what the score adds.
package struct RenewalLogOdds: Sendable, Hashable {
    /// Log odds at the mean score.
    package var base: Double
    /// What the score adds.
    package var score: Double

    /// The parts of a probability.
    package init(base: Double, score: Double) {
        self.base = base
        self.score = score
    }

    package var probability: Double { Real.logistic(base + score) }
}

/// A contract that comes up for renewal, and how likely it is renewed.
package struct ForecastRenewal: Sendable, Hashable {
    /// The contract's id as imported.
    package var contractID: String
    /// The account's id as imported.
    package var accountID: String
    /// The account's name.
    package var account: String
    /// The account's segment.
    package var segment: String?
    /// E-mail of the responsible CSM.
    package var csm: String?
    /// ARR [minor units of the reporting currency].
    package var arrMinor: Int64
    /// The renewal date.
    package var renewsOn: Day?
    /// The day by which it is decided.
    package var decisionOn: Day?
    /// How likely it is renewed, and what that rests on.
    package var renewal: RenewalProbability
    /// What the probability is made of; nil where the state of the contract decides.
    package var logOdds: RenewalLogOdds?
    /// Which renewal of its account and product it is: 1 for the first; nil where that was not asked.
    package var renewalNumber: Int?
    /// The account's score; nil where too little is known of it.
    package var score: Double?
    /// What somebody said of it.
    package var human: HumanForecast?

    /// A contract that comes up for renewal.
    package init(
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
    package var category: RenewalCategory { RenewalCategory(renewal) }

    /// ARR times probability [minor units].
    package var expectedMinor: Double { Double(arrMinor) * renewal.probability }
}

/// A renewal that was decided already.
package struct DecidedContract: Sendable, Hashable {
    /// The contract's id as imported.
    package var contractID: String
    /// The account's id as imported.
    package var accountID: String
    /// The account's name.
    package var account: String
    /// The account's segment.
    package var segment: String?
    /// E-mail of the responsible CSM.
    package var csm: String?
    /// The term end that was decided.
    package var renewalOn: Day
    /// The day of the decision.
    package var decidedOn: Day
    /// Whether it was renewed; else lost.
    package var isRenewed: Bool
    /// ARR the day before [minor units of the reporting currency].
    package var arrMinor: Int64

    /// A renewal that was decided already.
    package init(
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
