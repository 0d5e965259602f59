import HaleSQL
import Postgres

/// Empties a database that holds nothing but the made-up company.
package struct DemoReset: Sendable {
    private let database: Database

    /// A reset of a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Empties the tables; a database into which other files were imported is refused.
    package func run(folder: String) async throws {
        try await database.withOwner { connection in
            let rows = try await connection.query(Statement(SQL.Server.onlyDemo), [folder])
            guard try rows.first?.decode("is_only_demo", as: Bool.self) == true else {
                throw StoreError.holdsOtherData
            }
            try await connection.script(Statement(SQL.Server.forgetEverything))
            _ = try await connection.execute(Statement(SQL.Server.forgetShippedModels))
        }
    }
}
