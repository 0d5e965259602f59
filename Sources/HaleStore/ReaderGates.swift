import HaleSQL
package import Postgres

/// What readers may do that lets them fill the disk or bring the server to a standstill.
package enum ReaderGates {
    /// What is open, such as `hale_reader: large objects`; empty where nothing is.
    package static func open(_ connection: Connection) async throws -> [String] {
        try await connection.query(Statement(SQL.Server.openGates)).map { row in
            "\(try row.decode("role", as: String.self)): \(try row.decode("kind", as: String.self))"
        }
    }
}
