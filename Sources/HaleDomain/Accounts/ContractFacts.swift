/// An open contract of an account on a day: live, or ended within the last 90 days without decision or successor.
package struct ContractFacts: Sendable, Hashable {
    /// Key in the database.
    package var contractKey: Int64
    /// Identifier given by the user.
    package var contractID: String
    /// Annual recurring revenue [minor units of the reporting currency].
    package var arrMinor: Int64
    /// Renewal date, already rolled forward; nil for a contract without end.
    package var renewsOn: Day?
    /// True if the contract has no end.
    package var isEvergreen: Bool
    /// Days before the renewal date by which notice must be given; see
    /// `ContractParameters.noticeDays(stated:termMonths:)`.
    package var noticeDays: Int
    /// True if the contract renews by itself.
    package var autoRenew: Bool
    /// True if notice of non-renewal was given.
    package var noticeGiven: Bool
    /// True if the renewal of the current term is signed.
    package var signed: Bool
    /// True if the contract counts towards ARR and seats.
    package var isLive: Bool
    /// How long its terms are.
    package var term: RenewalTerm
    /// Which renewal of its account and product is next: 1 for the first.
    package var renewalNumber: Int

    /// An open contract.
    package init(
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
    package func terms(asOf: Day) -> ContractTerms {
        ContractTerms(
            daysToRenewal: renewsOn.map { $0 - asOf }, noticeDays: noticeDays, autoRenew: autoRenew,
            isEvergreen: isEvergreen, noticeGiven: noticeGiven, signed: signed)
    }
}
