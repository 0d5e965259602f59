package import HaleDomain
import HaleSQL
package import Postgres

/// Gives accounts to other CSMs.
package struct HandOverStore: Sendable {
    /// An account that was asked for.
    package struct Account: Sendable, Equatable {
        /// The account's id as imported.
        package let accountID: String
        package let name: String
        /// E-mail of its own CSM before.
        package let csm: String?
        /// Whether anything is different now.
        package let isChanged: Bool
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The ids of the accounts whose own CSM somebody is.
    package func accounts(of csm: String) async throws -> [String] {
        try await connection.query(Statement(SQL.HandOver.accountsOf), [csm]).map { try $0.decode("account_id") }
    }

    /// Gives accounts to a CSM; those that are not known are left out of what is returned.
    package func give(
        _ accounts: [String], to csm: String, _ handOver: HandOver, note: String?, by person: String?
    ) async throws -> [Account] {
        let rows =
            switch handOver {
            case .lasting:
                try await connection.query(Statement(SQL.HandOver.changeCsm), [accounts, csm, note, person])
            case .cover(let from, let until):
                try await connection.query(
                    Statement(SQL.HandOver.cover),
                    [accounts, csm, from.postgresDate, until.postgresDate, note, person])
            }
        return try rows.map {
            Account(
                accountID: try $0.decode("account_id"), name: try $0.decode("name"),
                csm: try $0.decodeIfPresent("csm"), isChanged: try $0.decode("is_changed"))
        }
    }
}
