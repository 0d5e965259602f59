/// An open contract of an account on a day: live, or ended within the last 90 days without decision or successor.
public struct ContractFacts: Sendable, Hashable {
    /// Key in the database.
    public var contractKey: Int64
    /// Identifier given by the user.
    public var contractID: String
    /// Annual recurring revenue [minor units of the reporting currency].
    public var arrMinor: Int64
    /// Renewal date, already rolled forward; nil for a contract without end.
    public var renewsOn: Day?
    /// True if the contract has no end.
    public var isEvergreen: Bool
    /// Days before the renewal date by which notice must be given; see
    /// `ContractParameters.noticeDays(stated:termMonths:)`.
    public var noticeDays: Int
    /// True if the contract renews by itself.
    public var autoRenew: Bool
    /// True if notice of non-renewal was given.
    public var noticeGiven: Bool
    /// True if the renewal of the current term is signed.
    public var signed: Bool
    /// True if the contract counts towards ARR and seats.
    public var isLive: Bool
    /// How long its terms are.
    public var term: RenewalTerm
    /// Which renewal of its account and product is next: 1 for the first.
    public var renewalNumber: Int

    /// An open contract.
    public init(
        contractKey: Int64 = 0, contractID: String, arrMinor: Int64, renewsOn: Day?, isEvergreen: Bool = false,
        noticeDays: Int = 30, autoRenew: Bool = false, noticeGiven: Bool = false, signed: Bool = false,
        isLive: Bool = true, term: RenewalTerm = .year, renewalNumber: Int = 1
    ) {
        self.contractKey = contractKey
        self.contractID = contractID
        self.arrMinor = arrMinor
        self.renewsOn = renewsOn
        self.isEvergreen = isEvergreen
        self.noticeDays = noticeDays
        self.autoRenew = autoRenew
        self.noticeGiven = noticeGiven
        self.signed = signed
        self.isLive = isLive
        self.term = term
        self.renewalNumber = renewalNumber
    }

    /// The terms of the contract as they stand on a day.
    public func terms(asOf: Day) -> ContractTerms {
        ContractTerms(
            daysToRenewal: renewsOn.map { $0 - asOf }, noticeDays: noticeDays, autoRenew: autoRenew,
            isEvergreen: isEvergreen, noticeGiven: noticeGiven, signed: signed)
    }
}
