package import HaleDomain
import HaleSQL
package import Postgres

/// Evaluates the conditions of rules over the signals, on a connection of the role that can read nothing else.
package struct ConditionStore: Sendable {
    /// How long all conditions together may take.
    package static let timeLimitSeconds = 300

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The signals, in the order of their view.
    package func signals() async throws -> [Signal] {
        try await connection.query(Statement(SQL.Alerts.signals)).map { row in
            Signal(name: try row.decode("name"), type: try row.decode("type"), comment: try row.decode("meaning"))
        }
    }

    /// What PostgreSQL does not understand of a condition, or that it is no condition; nil for a good one. It must have
    /// passed the guard.
    package func complaint(unsafeCondition condition: String) async throws -> String? {
        let statement = Statement(try SQL.Alerts.condition.splicing(["condition": "(\n\(condition)\n)"]))
        do {
            let description = try await reading { try await $0.describe(statement) }
            guard let type = description.columns.first?.type, type != .bool else { return nil }
            return "a condition is true or false, and this is of type \(type)"
        } catch let error as PostgresError where error.isAboutStatement {
            return error.message
        }
    }

    /// The accounts for which one of the conditions holds on each of some days, and some others, with what each condition
    /// is and with the signals that are to be shown.
    /// - Parameters:
    ///   - firing: The others, each with a letter a rule: t where its alert is firing, else f; the signals of those for which
    ///     nothing has changed are not read. Nil for all accounts.
    ///   - failing: Accounts for which a condition fails; they are left out.
    package func evaluate(
        _ rules: [RuleConditions], on days: [Day], besides firing: [Int64: String]?, showing signals: [Signal],
        leavingOut failing: [Int64]? = nil
    ) async throws -> [Day: [AccountReadings]] {
        var marks = Self.letters(rules)
        // The names are the catalogue's own.
        marks["shown"] = signals.map { "signal.\($0.name)" }.joined(separator: ", ")
        let statement = Statement(try SQL.Alerts.evaluate.splicing(marks))
        return try await reading { connection in
            // As they arrive: the signals of many accounts are not kept twice.
            var rows: [Day: [AccountReadings]] = Dictionary(uniqueKeysWithValues: days.map { ($0, []) })
            let others = firing?.sorted { $0.key < $1.key }
            let parameters: [(any PostgresEncodable)?] = [
                days.map(\.postgresDate), others?.map(\.key), failing,
                Self.asksForChance(rules, signals.map(\.name)), others?.map(\.value),
            ]
            for try await row in connection.stream(statement, parameters) {
                rows[try row.day("day"), default: []].append(try row.accountReadings(key: "account_key"))
            }
            return rows
        }
    }

    /// The accounts for which the conditions of a rule fail on a day, one by one, such as for a division by zero.
    /// - Parameter trial: What the signals of some accounts would be, as in `evaluate`; nil for all as they are.
    package func failures(
        of rule: RuleConditions, on day: Day, trial: String? = nil
    ) async throws -> [FailingAccount] {
        var marks = Self.letters([rule])
        // The quotes of the block must not end in it; no expression needs its name.
        guard !marks.values.contains(where: { $0.contains("$hale_conditions$") }) else { return [] }
        // A block takes no parameters.
        if trial == nil {
            marks["day"] = "'\(day)'"
        } else {
            marks["signals"] = try SQL.Alerts.trial
                .splicing(["day": "'\(day)'", "given": "current_setting('hale.trial')"]).part("signals")
        }
        let block = Statement(try SQL.Alerts.tryConditions.splicing(marks))
        return try await reading { connection in
            if let trial { _ = try await connection.query(Statement(SQL.Alerts.giveTrial), [trial]) }
            try await connection.script(block)
            return try await connection.query(Statement(SQL.Alerts.failingAccounts)).map { row in
                FailingAccount(key: try row.decode("account_key"), accountID: try row.decode("account_id"))
            }
        }
    }

    /// What each condition is for made-up signals: objects in a JSON array.
    package func evaluate(_ rules: [RuleConditions], given signals: String) async throws -> [AccountReadings] {
        try await readings(
            Statement(try SQL.Alerts.evaluateGiven.splicing(Self.letters(rules))), [signals], key: "number")
    }

    /// What each condition would be for some accounts on a day if their scores were others: objects of signals in a JSON
    /// array.
    /// - Parameter failing: Accounts for which a condition fails; they are left out.
    package func evaluate(
        _ rules: [RuleConditions], on day: Day, trial signals: String, leavingOut failing: [Int64]? = nil
    ) async throws -> [AccountReadings] {
        try await readings(
            Statement(try SQL.Alerts.trial.splicing(Self.letters(rules))), [day.postgresDate, signals, failing],
            key: "account_key")
    }

    private func readings(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?], key: String
    ) async throws -> [AccountReadings] {
        try await reading { connection in
            var rows: [AccountReadings] = []
            for try await row in connection.stream(statement, parameters) {
                rows.append(try row.accountReadings(key: key))
            }
            return rows
        }
    }

    /// What each condition is for every account on each of some days.
    /// - Parameter failing: Accounts for which a condition fails; all is unknown of them.
    package func replay(
        _ rules: [RuleConditions], days: [Day], leavingOut failing: [Int64]? = nil
    ) async throws -> [ReplayedReadings] {
        let statement = Statement(try SQL.Alerts.replay.splicing(Self.letters(rules)))
        return try await reading { connection in
            var rows: [ReplayedReadings] = []
            let parameters: [(any PostgresEncodable)?] = [
                days.map(\.postgresDate), failing, Self.asksForChance(rules, []),
            ]
            for try await row in connection.stream(statement, parameters) {
                rows.append(
                    ReplayedReadings(
                        day: try row.day("day"), account: try row.decode("account_key"),
                        arr: try row.decodeIfPresent("arr"), isScored: try row.decode("is_scored"),
                        readings: try row.readings(unknown: rules.count)))
            }
            return rows
        }
    }

    /// Reads in a transaction that can write nothing and takes only so long.
    private func reading<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        try await connection.transaction(readOnly: true) { transaction in
            _ = try await transaction.query(Statement(SQL.Expressions.pin))
            _ = try await transaction.query(
                Statement(SQL.Alerts.limitEvaluation), ["\(Self.timeLimitSeconds * 1_000)"])
            return try await body(transaction)
        }
    }

    /// The signals that follow from how likely renewals are.
    private static let chanceSignals = ["renewal_probability", "expected_loss", "arr_note"]

    /// Whether conditions or what is shown may name such a signal.
    private static func asksForChance(_ rules: [RuleConditions], _ shown: [String]) -> Bool {
        let conditions = rules.flatMap { [$0.unsafeCondition, $0.unsafeClearCondition ?? ""] }
        return chanceSignals.contains { signal in
            shown.contains(signal) || conditions.contains { $0.lowercased().contains(signal) }
        }
    }

    /// One letter a rule, of its condition and of what clears it. The conditions passed the guard, which accepts numbers,
    /// plain strings, listed words and the signals, and nothing else.
    private static func letters(_ rules: [RuleConditions]) -> [String: String] {
        func letter(_ unsafeCondition: String) -> String {
            "case (\n\(unsafeCondition)\n) when true then 't' when false then 'f' else 'u' end"
        }
        func joined(_ letters: [String]) -> String { letters.isEmpty ? "''::text" : letters.joined(separator: "\n|| ") }
        return [
            "met": joined(rules.map { letter($0.unsafeCondition) }),
            "cleared": joined(
                rules.map { letter($0.unsafeClearCondition ?? "not (\n\($0.unsafeCondition)\n)") }),
        ]
    }
}

extension Row {
    /// What the conditions are for the account of a row.
    fileprivate func accountReadings(key: String) throws -> AccountReadings {
        AccountReadings(account: try decode(key), readings: try readings(), signals: try decodeIfPresent("signals"))
    }

    /// The letters of a row, one a rule; so many unknown ones where it has none.
    fileprivate func readings(unknown count: Int = 0) throws -> [ConditionReading] {
        let unknown = String(repeating: ConditionTruth.unknown.rawValue, count: count)
        let (met, cleared): (String?, String?) = try (decodeIfPresent("met"), decodeIfPresent("cleared"))
        return try zip(met ?? unknown, cleared ?? unknown).map { met, cleared in
            guard let met = ConditionTruth(rawValue: met), let cleared = ConditionTruth(rawValue: cleared) else {
                throw StoreError.unreadableRow("met and cleared say \"\(met)\" and \"\(cleared)\" of a condition")
            }
            return ConditionReading(met: met, cleared: cleared)
        }
    }
}
