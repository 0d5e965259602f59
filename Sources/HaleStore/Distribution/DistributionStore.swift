import HaleSQL
package import Postgres

/// Spreads the tables over the nodes of a Citus cluster, and says what would be in the way.
package struct DistributionStore: Sendable {
    /// How a table is spread.
    package enum Kind: String, Sendable, PostgresWord {
        /// Its rows lie on the nodes, by account.
        case distributed
        /// Each node has all of it.
        case reference
    }

    /// One table of the plan.
    package struct Step: Sendable, Hashable {
        /// The table, with its schema.
        package let name: String
        /// How it is spread.
        package let kind: Kind
        /// The statement that spreads it, made from the catalogue's own names.
        package let call: String
    }

    private let connection: Connection

    /// A store that works on a connection of the owner.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What in the schema would stop it; needs no Citus.
    package func problems() async throws -> [DistributionProblem] {
        try await connection.query(Statement(SQL.Server.distributionProblems)).map { row in
            DistributionProblem(rule: try row.decode("rule"), name: try row.decode("name"))
        }
    }

    /// The tables to spread, in the order in which it works; needs no Citus.
    package func plan() async throws -> [Step] {
        try await connection.query(Statement(SQL.Server.distributionPlan)).map { row in
            Step(name: try row.decode("name"), kind: try row.decode("kind"), call: try row.decode("call"))
        }
    }

    /// Spreads what is not spread yet and returns it. Each table is its own transaction, so that a run that failed is
    /// gone on with by the next one. Refused without the extension.
    package func distribute() async throws -> [Step] {
        let rows = try await connection.query(Statement(SQL.Server.hasCitus))
        guard try rows.first?.decode("has_citus", as: Bool.self) == true else { throw StoreError.noCitus }
        let spread = Set(
            try await connection.query(Statement(SQL.Server.distributedTables))
                .map { try $0.decode("name", as: String.self) })
        let steps = try await plan().filter { !spread.contains($0.name) }
        for step in steps {
            // The text comes from `distribution_plan`, which quotes the names that it reads in the catalogue.
            let unsafeCall = Statement(name: "distribute \(step.name)", text: step.call)
            try await connection.script(unsafeCall)
        }
        return steps
    }
}
