/// What became of an account's ARR in a period, at the rates of its beginning [minor units].
package struct ArrMovement: Sendable, Hashable {
    /// The account's id as imported.
    package var accountID: String
    /// The account's name.
    package var account: String
    /// The account's segment.
    package var segment: String?
    /// E-mail of the responsible CSM.
    package var csm: String?
    /// ARR when the period began.
    package var startMinor: Int64
    /// ARR of a new customer when it was over.
    package var newMinor: Int64
    /// ARR of a former customer who came back.
    package var returnedMinor: Int64
    /// Growth of a customer's ARR.
    package var expansionMinor: Int64
    /// Shrinkage of the ARR of a customer who stayed.
    package var contractionMinor: Int64
    /// ARR of a customer who left.
    package var churnedMinor: Int64
    /// ARR of a customer's terms that ended and are not decided: neither kept nor churned, and not in `endMinor`.
    package var undecidedMinor: Int64
    /// ARR when the period was over.
    package var endMinor: Int64

    /// What became of an account's ARR.
    package init(
        accountID: String, account: String, segment: String? = nil, csm: String? = nil, startMinor: Int64,
        newMinor: Int64 = 0, returnedMinor: Int64 = 0, expansionMinor: Int64 = 0, contractionMinor: Int64 = 0,
        churnedMinor: Int64 = 0, undecidedMinor: Int64 = 0, endMinor: Int64
    ) {
        self.accountID = accountID
        self.account = account
        self.segment = segment
        self.csm = csm
        self.startMinor = startMinor
        self.newMinor = newMinor
        self.returnedMinor = returnedMinor
        self.expansionMinor = expansionMinor
        self.contractionMinor = contractionMinor
        self.churnedMinor = churnedMinor
        self.undecidedMinor = undecidedMinor
        self.endMinor = endMinor
    }
}

/// What became of the ARR of some accounts, and the rates that follow (mathematics §3).
package struct RetentionSummary: Sendable, Hashable {
    /// The name of the group; nil for accounts without one.
    package let group: String?
    /// Customers: accounts with ARR when the period began.
    package let accounts: Int
    /// The sums; the account's fields stand for nobody.
    package let sums: ArrMovement
    /// Gross, net and logo retention.
    package let rates: RetentionRates

    /// Adds movements up.
    package init(_ movements: [ArrMovement], group: String? = nil) {
        self.group = group
        accounts = movements.count { $0.startMinor > 0 }
        sums = movements.reduce(into: ArrMovement(accountID: "", account: "", startMinor: 0, endMinor: 0)) {
            sums, own in
            sums.startMinor.add(own.startMinor)
            sums.newMinor.add(own.newMinor)
            sums.returnedMinor.add(own.returnedMinor)
            sums.expansionMinor.add(own.expansionMinor)
            sums.contractionMinor.add(own.contractionMinor)
            sums.churnedMinor.add(own.churnedMinor)
            sums.undecidedMinor.add(own.undecidedMinor)
            sums.endMinor.add(own.endMinor)
        }
        rates = RetentionRates(
            movements.map {
                (start: Double($0.startMinor), end: Double($0.endMinor), undecided: Double($0.undecidedMinor))
            })
    }

    /// One summary a segment, in order of their names, what has none at the end.
    package static func bySegment(_ movements: [ArrMovement]) -> [RetentionSummary] {
        Dictionary(grouping: movements, by: \.segment)
            .sorted { ($0.key ?? "\u{10FFFF}") < ($1.key ?? "\u{10FFFF}") }
            .map { RetentionSummary($0.value, group: $0.key) }
    }
}
