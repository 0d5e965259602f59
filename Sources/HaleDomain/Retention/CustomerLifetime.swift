/// Since when an account has been a customer, and until when.
package struct CustomerLifetime: Sendable, Hashable {
    /// The account's id as imported.
    package var accountID: String
    /// The account's name.
    package var account: String
    /// The account's segment.
    package var segment: String?
    /// E-mail of the responsible CSM.
    package var csm: String?
    /// The first day of the first contract.
    package var firstOn: Day
    /// The day on which it was no customer any more; nil for one who is.
    package var lostOn: Day?
    /// The first day of which it is not known whether it was one, because the end of the last term is undecided; nil
    /// where every day until the one that is asked for is known.
    package var censoredOn: Day?
    /// ARR of the live contracts [minor units of the reporting currency].
    package var arrMinor: Int64
    /// The next renewal; nil without one.
    package var renewsOn: Day?
    /// Days to the decision of a contract without end, by the account's model (mathematics §1.6).
    package var evergreenDays: Int

    /// A customer's lifetime.
    package init(
        accountID: String, account: String, segment: String? = nil, csm: String? = nil, firstOn: Day,
        lostOn: Day? = nil, censoredOn: Day? = nil, arrMinor: Int64 = 0, renewsOn: Day? = nil,
        evergreenDays: Int = ContractParameters().evergreenDecisionDays
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
        self.evergreenDays = evergreenDays
    }

    /// Years that are over on a day, each with whether the customer stayed: all but the last one true.
    ///
    /// A year counts when it is over by the calendar, for who left in it as for who stayed: losses of a year that is
    /// going on, without its survivors, would make customers seem to leave sooner than they do (mathematics §3).
    package func years(asOf day: Day) -> [Bool] {
        var years: [Bool] = []
        while true {
            let end = anniversary(years.count + 1)
            guard end <= day else { return years }
            // Whoever leaves at the end of a year was not there for the next one.
            if let lostOn, lostOn <= end { return years + [false] }
            if let censoredOn, censoredOn <= end { return years }
            years.append(true)
        }
    }

    /// For how long it was a customer, as far as it is known on a day; nil where nothing is.
    ///
    /// A year has 365 days, so that every anniversary of the first day is a multiple of them: the day more of a leap year
    /// falls on the day before it. Terms of a year would else end after the year's point.
    func observation(asOf day: Day) -> (days: Int, isLost: Bool)? {
        guard firstOn <= day else { return nil }
        if let lostOn, lostOn <= day { return (days(to: max(lostOn, firstOn)), true) }
        guard let censoredOn, censoredOn <= day else { return (days(to: day), false) }
        return censoredOn > firstOn ? (days(to: censoredOn - 1), false) : nil
    }

    private func anniversary(_ years: Int) -> Day { firstOn.adding(months: 12 * years) }

    private func days(to day: Day) -> Int {
        var years = (day - firstOn) / 365
        while years > 0, anniversary(years) > day { years -= 1 }
        return ObservedSurvival.daysOfYear * years
            + min(day - anniversary(years), ObservedSurvival.daysOfYear - 1)
    }
}
