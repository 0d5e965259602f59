import HaleDomain
import Postgres

/// The columns of `alerts/open`.
struct SeenAlertColumns {
    /// What an alert is, or was before its newest day.
    private struct State {
        let state: [AlertState?]
        let trueDays: IntegerColumn
        let firedOn: DateColumn
        let falseSince: DateColumn
        let evaluatedOn: DateColumn
        let staleSince: DateColumn
        let inhibitedBy: TextColumn

        init(_ table: RowTable, prefix: String = "") throws {
            state = try table.words("\(prefix)state")
            trueDays = try table.integers("\(prefix)true_days")
            firedOn = try table.dates("\(prefix)fired_on")
            falseSince = try table.dates("\(prefix)false_since")
            evaluatedOn = try table.dates("\(prefix)evaluated_on")
            staleSince = try table.dates("\(prefix)stale_since")
            inhibitedBy = try table.texts("\(prefix)inhibited_by")
        }

        func alert(_ row: Int, key: AlertKey, sinceOn: Day) -> Alert? {
            guard let state = state[row] else { return nil }
            func day(_ column: DateColumn) -> Day? { column[row].map { Day(daysSince2000: $0) } }
            return Alert(
                key: key, state: state, sinceOn: sinceOn, trueDays: trueDays[row] ?? 0, firedOn: day(firedOn),
                falseSince: day(falseSince), evaluatedOn: day(evaluatedOn) ?? sinceOn, staleSince: day(staleSince),
                inhibitedBy: inhibitedBy[row])
        }
    }

    private let account: IntegerColumn
    private let number: IntegerColumn
    private let rule: TextColumn
    private let subject: TextColumn
    private let sinceOn: DateColumn
    private let resolvedOn: DateColumn
    private let isClosed: BooleanColumn
    private let state: State
    private let former: State

    init(_ table: RowTable) throws {
        account = try table.integers("account_id")
        number = try table.integers("alert_id")
        rule = try table.texts("rule")
        subject = try table.texts("subject")
        sinceOn = try table.dates("since_on")
        resolvedOn = try table.dates("resolved_on")
        isClosed = try table.booleans("is_closed")
        state = try State(table)
        former = try State(table, prefix: "former_")
    }

    func stored(_ row: Int) -> AlertStore.Stored {
        let key = AlertKey(account: Int64(account[row] ?? 0), rule: rule[row] ?? "", subject: subject[row] ?? "")
        let first = Day(daysSince2000: sinceOn[row] ?? 0)
        var alert =
            state.alert(row, key: key, sinceOn: first)
            ?? Alert(key: key, state: .pending, sinceOn: first, evaluatedOn: first)
        alert.resolvedOn = resolvedOn[row].map { Day(daysSince2000: $0) }
        return AlertStore.Stored(
            number: Int64(number[row] ?? 0),
            seen: SeenAlert(
                alert, kept: former.alert(row, key: key, sinceOn: first), isClosed: isClosed[row] ?? false))
    }
}
