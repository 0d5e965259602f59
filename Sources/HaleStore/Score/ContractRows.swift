import HaleDomain
import Postgres

/// The rows of `features/contracts`, one account after another.
struct ContractRows {
    /// What is known of an account's contracts.
    struct Known {
        /// The open ones, in order of their keys.
        var open: [ContractFacts] = []
        /// Seats bought in the live ones; nil where none says.
        var seats: Int?
        /// Whether any is known.
        var isAny = false
    }

    private let key: IntegerColumn
    private let contract: IntegerColumn
    private let name: TextColumn
    private let seats: IntegerColumn
    private let arr: IntegerColumn
    private let renewsOn: DateColumn
    private let noticeDays: IntegerColumn
    private let isEvergreen: BooleanColumn
    private let autoRenew: BooleanColumn
    private let noticeGiven: BooleanColumn
    private let signed: BooleanColumn
    private let isLive: BooleanColumn
    private let isOpen: BooleanColumn
    private let count: Int
    private var row = 0

    init(_ table: RowTable) throws {
        key = try table.integers("account_id")
        contract = try table.integers("contract_id")
        name = try table.texts("external_id")
        seats = try table.integers("seats")
        arr = try table.integers("arr_minor")
        renewsOn = try table.dates("renews_on")
        noticeDays = try table.integers("notice_days")
        isEvergreen = try table.booleans("is_evergreen")
        autoRenew = try table.booleans("auto_renew")
        noticeGiven = try table.booleans("notice_given")
        signed = try table.booleans("signed")
        isLive = try table.booleans("is_live")
        isOpen = try table.booleans("is_open")
        count = table.count
    }

    /// The contracts of an account; keys must be asked for in ascending order.
    mutating func next(_ account: Int64) -> Known {
        while row < count, let other = key[row], other < account { row += 1 }
        var known = Known()
        while row < count, let other = key[row], other == account {
            known.isAny = true
            if isLive[row] ?? false, let bought = seats[row] { known.seats = (known.seats ?? 0) + bought }
            if isOpen[row] ?? false { known.open.append(facts(row)) }
            row += 1
        }
        return known
    }

    private func facts(_ row: Int) -> ContractFacts {
        ContractFacts(
            contractKey: Int64(contract[row] ?? 0), contractID: name[row] ?? "", arrMinor: Int64(arr[row] ?? 0),
            renewsOn: renewsOn[row].map { Day(daysSince2000: $0) }, isEvergreen: isEvergreen[row] ?? false,
            noticeDays: noticeDays[row] ?? 0, autoRenew: autoRenew[row] ?? false,
            noticeGiven: noticeGiven[row] ?? false, signed: signed[row] ?? false, isLive: isLive[row] ?? false)
    }
}
