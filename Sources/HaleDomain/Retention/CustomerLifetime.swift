/// Since when an account has been a customer, and until when.
public struct CustomerLifetime: Sendable, Hashable {
    /// The account's id as imported.
    public var accountID: String
    /// The account's name.
    public var account: String
    /// The account's segment.
    public var segment: String?
    /// E-mail of the responsible CSM.
    public var csm: String?
    /// The first day of the first contract.
    public var firstOn: Day
    /// The day on which it was no customer any more; nil for one who is.
    public var lostOn: Day?
    /// The day after which nothing is known, where the last term ended and is not decided, or its renewal is not there;
    /// nil for one who is a customer or is lost.
    public var censoredOn: Day?
    /// ARR of the live contracts [minor units of the reporting currency].
    public var arrMinor: Int64
    /// The next renewal; nil without one.
    public var renewsOn: Day?

    /// A customer's lifetime.
    public init(
        accountID: String, account: String, segment: String? = nil, csm: String? = nil, firstOn: Day,
        lostOn: Day? = nil, censoredOn: Day? = nil, arrMinor: Int64 = 0, renewsOn: Day? = nil
    ) {
        self.accountID = accountID
        self.account = account
        self.segment = segment
        self.csm = csm
        self.firstOn = firstOn
        self.lostOn = lostOn
        self.censoredOn = censoredOn
        self.arrMinor = arrMinor
        self.renewsOn = renewsOn
    }

    /// Years that are over on a day, each with whether the customer stayed: all but the last one true.
    public func years(asOf day: Day) -> [Bool] {
        var years: [Bool] = []
        while true {
            let end = firstOn.adding(months: 12 * (years.count + 1))
            // Whoever leaves at the end of a year was not there for the next one.
            if let lostOn, lostOn <= end, lostOn <= day { return years + [false] }
            guard end <= day else { return years }
            years.append(true)
        }
    }
}
