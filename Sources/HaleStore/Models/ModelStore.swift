package import HaleDomain
import HaleSQL
package import Postgres

/// Evaluates the expressions of models, and keeps the scores of a day to those of the models in force.
package struct ModelStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// For each account the number of the first condition that holds, in order of the accounts' keys; accounts of which
    /// none holds are left out. Those for which a condition fails before one holds are named with the reason. The
    /// conditions are spliced in, so each must have passed the guard.
    package func choices(asOf day: Day, unsafeConditions: [String]) async throws -> ModelChoices {
        let cases = unsafeConditions.enumerated().map { "when (\n\($1)\n) then \($0)" }
        let statement = Statement(
            try SQL.Models.choose.splicing(["choice": "case \(cases.joined(separator: " ")) end"]))
        do {
            return try ModelChoices(
                try await evaluating { try await $0.table(statement, [day.postgresDate]) }, failing: false)
        } catch let error as PostgresError where error.isAboutValue {
            return try ModelChoices(
                try await evaluating {
                    try await $0.table(Statement(SQL.Models.tryChoose), [day.postgresDate, unsafeConditions])
                }, failing: true)
        }
    }

    /// The figures of a model's measures by account, and the accounts for which one fails; none where it has no measures.
    /// A figure that is no finite number is a failure, no figure at all is none. The expressions passed the guard when the
    /// model was read.
    package func figures(of model: HealthModel, asOf day: Day) async throws -> MeasuredFigures {
        let expressions = model.drivers.compactMap(\.measure?.expression)
        guard !expressions.isEmpty else { return MeasuredFigures() }
        let list = expressions.map { "(\n\($0)\n)::double precision" }.joined(separator: ", ")
        let statement = Statement(try SQL.Models.measure.splicing(["figures": list]))
        do {
            return try MeasuredFigures(
                try await evaluating { try await $0.table(statement, [day.postgresDate]) }, failing: false)
        } catch let error as PostgresError where error.isAboutValue {
            return try MeasuredFigures(
                try await evaluating {
                    try await $0.table(Statement(SQL.Models.tryMeasure), [day.postgresDate, expressions])
                }, failing: true)
        }
    }

    /// Evaluates under settings of its own, which end with it: a part of the caller's transaction that is undone, else a
    /// transaction.
    private func evaluating(_ body: (Connection) async throws -> RowTable) async throws -> RowTable {
        func pinned(_ connection: Connection) async throws -> RowTable {
            _ = try await connection.query(Statement(SQL.Expressions.pin))
            return try await body(connection)
        }
        guard await connection.transactionStatus != .idle else {
            return try await connection.transaction(readOnly: true, pinned)
        }
        return try await connection.savepoint("expressions", isDryRun: true, pinned)
    }

    /// Whether PostgreSQL understands a condition; its complaint where it does not. It must have passed the guard.
    package func complaint(unsafeCondition condition: String) async throws -> String? {
        try await complaint(SQL.Models.choose.splicing(["choice": "case when (\n\(condition)\n) then 0 end"]))
    }

    /// Whether PostgreSQL understands a measure; its complaint where it does not. It must have passed the guard.
    package func complaint(unsafeExpression expression: String) async throws -> String? {
        try await complaint(SQL.Models.measure.splicing(["figures": "(\n\(expression)\n)::double precision"]))
    }

    /// Whether a condition claims an account of some traits. It must have passed the guard.
    package func applies(unsafeCondition condition: String, to traits: AccountTraits) async throws -> Bool {
        let statement = Statement(try SQL.Models.applies.splicing(["condition": "(\n\(condition)\n)"]))
        let table = try await evaluating {
            try await $0.table(
                statement,
                [
                    traits.segment, traits.lifecycleStage, traits.country, traits.industry, traits.csm,
                    traits.ageDays.map { Int32(clamping: $0) },
                ])
        }
        let applies = try table.booleans("applies")
        return table.count > 0 ? applies[0] ?? false : false
    }

    /// The name and the kept text of a model; nil for a hash that no model has.
    package func text(ofHash hash: String) async throws -> (name: String, text: String)? {
        try await connection.query(Statement(SQL.Models.text), [hash]).first.map {
            (try $0.decode("name"), try $0.decode("text"))
        }
    }

    /// Names and kept texts of the models of the newest scored day up to a day; of one name the one that scored last first.
    package func scoredLast(upTo day: Day) async throws -> [(name: String, text: String)] {
        try await connection.query(Statement(SQL.Models.scoredLast), [day.postgresDate]).map {
            (try $0.decode("name"), try $0.decode("text"))
        }
    }

    /// All accounts, in order of their keys.
    package func accounts() async throws -> [Int64] {
        try await connection.query(Statement(SQL.Models.accounts)).map { try $0.decode("account_id") }
    }

    /// Removes what is stored of a day under models that are not these.
    package func dropLeft(day: Day, inForce hashes: [String]) async throws {
        let left: [String] = try await connection.query(
            Statement(SQL.Models.leftModels), [day.postgresDate, hashes]
        ).map { try $0.decode("model_hash") }
        guard !left.isEmpty else { return }
        _ = try await connection.execute(Statement(SQL.Models.dropLeft), [day.postgresDate, left])
    }

    /// Removes what is stored of a day of accounts that have gone from a model to another.
    package func dropMoved(_ accounts: [Int64], day: Day, modelHash: String) async throws {
        guard !accounts.isEmpty else { return }
        _ = try await connection.execute(Statement(SQL.Models.dropMoved), [day.postgresDate, modelHash, accounts])
    }

    /// Makes room for the scores of the next model of a day.
    package func dropStaged() async throws {
        try await connection.script(Statement(SQL.Models.dropStaged))
    }

    /// Gives the models of a day the mean and the deviation of all their scores together.
    package func poolMoments(day: Day, hashes: [String]) async throws {
        _ = try await connection.execute(Statement(SQL.Models.poolMoments), [day.postgresDate, hashes])
    }

    private func complaint(_ sql: SQL) async throws -> String? {
        do {
            _ = try await connection.savepoint { try await $0.describe(Statement(sql)) }
            return nil
        } catch let error as PostgresError where error.isAboutStatement {
            return error.message
        }
    }
}
