package import HaleDomain
import HaleSQL
package import Postgres

/// Reads tasks as lists show them.
package struct TaskListing: Sendable {
    /// Which tasks.
    package struct Selection: Sendable, Hashable {
        /// E-mail of who does them; nil for everybody.
        package var csm: String?
        /// Their numbers; nil for all.
        package var numbers: [Int64]?
        /// Ids of their accounts; nil for all.
        package var accounts: [String]?
        /// Days back for which those that are over are told too; nil for none [days].
        package var overDays: Int?

        package init(
            csm: String? = nil, numbers: [Int64]? = nil, accounts: [String]? = nil, overDays: Int? = nil
        ) {
            self.csm = csm
            self.numbers = numbers
            self.accounts = accounts
            self.overDays = overDays
        }
    }

    private let connection: Connection

    /// A reader on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The stored tasks as they are now, seen on a day: their worth follows from what is assumed of money today.
    package func tasks(asOf day: Day, _ selection: Selection = Selection()) async throws -> [ListedTask] {
        let (currency, minorDigits) = try await SettingStore(connection).reportingCurrency()
        return try await connection.query(
            Statement(SQL.Tasks.list),
            [
                day.postgresDate, selection.csm, selection.numbers, selection.accounts, selection.overDays != nil,
                Int32(selection.overDays ?? 0),
            ]
        ).map { row in
            try row.listedTask(currency: currency, minorDigits: minorDigits)
        }
    }

    /// Which of some accounts pay less than the median of those that their CSM looks after on a scored day.
    package func smallAccounts(asOf day: Day, among accounts: Set<Int64>) async throws -> Set<Int64> {
        guard !accounts.isEmpty else { return [] }
        return Set(
            try await connection.query(
                Statement(SQL.Tasks.smallAccounts), [day.postgresDate, accounts.sorted()]
            ).map { try $0.decode("account_id") })
    }

    /// Who looks after the accounts that have a cover within some days, on each of the days.
    package func covers(on days: [Day]) async throws -> [ResponsibleCSM] {
        try await connection.query(Statement(SQL.Tasks.covers), [days.map(\.postgresDate)]).map { row in
            ResponsibleCSM(
                accountKey: try row.decode("account_id"), day: try row.day("day"),
                csm: try row.decodeIfPresent("csm"),
                capacityMinutes: Int(try row.decode("capacity_minutes", as: Int32.self)),
                covered: try row.decodeIfPresent("covered"), coveredUntil: try row.dayIfPresent("covered_until"))
        }
    }
}

extension Row {
    fileprivate func listedTask(currency: String?, minorDigits: Int) throws -> ListedTask {
        let priority = TaskPriority(
            valueProtected: try decode("value_protected"), net: try decode("net_value"), score: try decode("priority"),
            planValue: try decode("plan_value"))
        return ListedTask(
            number: try decode("task_id"), origin: try decode("origin"), accountKey: try decode("account_id"),
            accountID: try decode("external_id"), accountName: try decode("name"),
            segment: try decodeIfPresent("segment"), csm: try decodeIfPresent("csm"),
            assignee: try decodeIfPresent("assignee"),
            capacityMinutes: Int(try decode("capacity_minutes", as: Int32.self)), band: try decode("band"),
            computedBand: try decode("computed_band"), override: try override(), title: try decode("title"),
            facts: try decode("facts"), reasons: try decode("reasons"), playbook: try decodeIfPresent("playbook"),
            step: try decode("step"), checklist: try decode("checklist"),
            minutes: Int(try decode("minutes", as: Int32.self)), dueOn: try day("due_on"),
            openedOn: try day("opened_on"), decisionOn: try dayIfPresent("decision_on"),
            daysToDecision: try decodeIfPresent("days_to_decision", as: Int32.self).map { Int($0) },
            urgency: try decode("urgency"), risk: try decodeIfPresent("risk"), saveRate: try decode("save_rate"),
            isSaveRateAssumed: try decode("is_save_rate_assumed"), priority: priority,
            basis: try decodeIfPresent("probability_basis"), isDataTask: try decode("is_data_task"),
            isHeldOut: try decode("is_held_out"), snoozedUntil: try dayIfPresent("snoozed_until"),
            former: try decodeIfPresent("former_task_id"), end: try decodeIfPresent("closed_reason"),
            closedOn: try dayIfPresent("closed_on"), outcome: try decodeIfPresent("outcome"), currency: currency,
            minorDigits: minorDigits)
    }

    private func override() throws -> BandOverride? {
        guard let band = try decodeIfPresent("override_band", as: Band.self) else { return nil }
        return BandOverride(
            band: band, startsOn: try day("override_starts_on"), untilOn: try day("override_until_on"),
            reason: try decode("override_reason"), setBy: try decode("override_set_by"))
    }
}
