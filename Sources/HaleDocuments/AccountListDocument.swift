package import HaleDomain
package import HaleOutput
package import HaleStore

/// What `hale accounts list` prints.
package struct AccountListDocument {
    package let day: Day
    private let isScored: Bool
    /// Accounts of the day, whoever's they are.
    private let total: Int
    /// Those that were asked for, in the order asked for.
    private let accounts: [AccountHealth]
    private let selection: AccountSelection

    /// The list of a day, out of all its accounts.
    package init(day: Day, accounts: [AccountHealth], selection: AccountSelection) {
        self.day = day
        self.selection = selection
        isScored = accounts.contains { $0.score != nil } || accounts.isEmpty
        total = accounts.count
        self.accounts = selection.ordered(accounts.filter(selection.includes))
    }

    private var shown: ArraySlice<AccountHealth> { accounts.prefix(selection.limit ?? accounts.count) }

    package var document: Document {
        var table = Table([
            Column("account", key: "name", priority: 100, minimumWidth: 14),
            Column("id", key: "accountId", priority: 40),
            Column("csm", priority: 20), Column("band", content: .band, priority: 95),
            Column("computed", key: "computedBand", content: .band, priority: 25),
            Column("score", key: "smoothedScore", content: .number, priority: 96),
            Column("7 d", key: "scoreChange7d", content: .number, priority: 70),
            Column("60 days", key: "history", content: .sparkline, priority: 60),
            Column("arr", content: .money, priority: 90), Column("seats", content: .number, priority: 30),
            Column("people", key: "activePeople28d", content: .number, priority: 45),
            Column("nps", content: .number, priority: 28),
            Column("renews", key: "renewsOn", content: .date, priority: 80),
            Column("contract", key: "contractState", priority: 35),
            Column("set by hand", key: "override", priority: 34, minimumWidth: 12),
        ])
        for account in shown {
            table.append([
                .text(account.name), .text(account.accountID), .optional(account.csm) { .text($0) },
                .band(account.band), .band(account.computedBand),
                .optional(account.shownScore) { .number($0, decimals: 1) },
                .optional(account.scoreChange7d) { .number($0, decimals: 1) },
                account.history.isEmpty ? .missing : .sparkline(Sparkline(account.history, scale: .scoreMovement)),
                account.arrCell,
                .optional(account.seats) { .count($0) }, .count(account.activePeople28d),
                .optional(account.nps) { .number($0, decimals: 0) },
                .optional(account.renewsOn) { .date($0.description) },
                .text(account.contractState.rawValue.replacing("_", with: " ")),
                .optional(account.override) { .text($0.sentence) },
            ])
        }
        var notices: [Document.Notice] = selection.narrowing.notices
        notices += isScored ? [] : [.note("\(day) was not scored: facts only")]
        if shown.contains(where: { !$0.history.isEmpty }) {
            notices.append(.note("60 days: each from its lowest to its highest score, or 20 points about the middle"))
        }
        if let since = accounts.compactMap(\.staleSince).min() {
            notices.append(.warning("stale since \(since): a feed brings nothing new, hale accounts show says which"))
        }
        let unknown = Dictionary(grouping: accounts.compactMap(\.arrNote), by: { $0 })
        for (note, accounts) in unknown.sorted(by: { $0.key < $1.key }) {
            let count = accounts.count
            notices.append(.warning("ARR of \(count) \(count == 1 ? "account" : "accounts") is not known: \(note)"))
        }
        return Document(
            titles: ["Accounts as of \(day)", counts], notices: notices, table: table,
            json: .object(
                [
                    .init("asOf", .string(day.description)), .init("total", .init(total)),
                    .init("matching", .init(accounts.count)),
                ] + selection.narrowing.members + [.init("accounts", .array(shown.map(\.json)))]))
    }

    private var counts: String {
        let bands = Band.allCases.map { band in (band, accounts.filter { $0.band == band }.count) }
            .filter { $0.1 > 0 }
            .map { "\($0.1) \($0.0.rawValue)" }
        let count = accounts.count == total ? "\(total)" : "\(accounts.count) of \(total)"
        let left = accounts.count - shown.count
        return "\(count) accounts" + (bands.isEmpty ? "" : ": " + bands.joined(separator: ", "))
            + (left > 0 ? "; the first \(shown.count) by \(selection.order.rawValue) are shown" : "")
    }
}

extension AccountHealth {
    /// ARR; missing where an amount of it has no exchange rate.
    package var arrCell: Cell {
        guard let arrMinor, let currency else { return .missing }
        return .money(minor: arrMinor, currency: currency)
    }

    /// The smoothed score where it means something: too little data gives no score to people.
    package var shownScore: Double? { band == .unknown && computedBand == .unknown ? nil : smoothedScore }
}
