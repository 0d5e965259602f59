package import HaleDomain
import HaleSQL
package import Postgres

/// Finds and settles which day the ends of staged contracts name.
package struct TermEndStore: Sendable {
    /// What the terms of a file tell.
    package struct Count: Sendable, Hashable {
        /// Terms with an end.
        package let ends: Int64
        /// Terms whose end is the first day not covered.
        package let dayAfter: Int64
        /// Terms whose end is the last day covered.
        package let lastDay: Int64
        /// What follows for all of them; nil where they do not tell.
        package let named: TermEnd?
    }

    private let connection: Connection

    /// A store that works in the transaction of an import whose contracts are staged.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What the staged terms tell.
    package func count() async throws -> Count {
        guard let row = try await connection.query(Statement(SQL.ImportContracts.termEnds)).first else {
            return Count(ends: 0, dayAfter: 0, lastDay: 0, named: nil)
        }
        return Count(
            ends: try row.decode("ends"), dayAfter: try row.decode("day_after"), lastDay: try row.decode("last_day"),
            named: try row.decodeIfPresent("named"))
    }

    /// Makes the day after of every end.
    package func move() async throws {
        _ = try await connection.execute(Statement(SQL.ImportContracts.moveEnds))
    }
}
