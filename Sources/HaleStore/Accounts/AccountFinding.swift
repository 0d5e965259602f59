import HaleSQL
import Postgres

/// What somebody may mean with a text.
package struct NameMatch: Sendable, Equatable {
    /// The id, or the e-mail of a CSM.
    package let id: String
    /// The name; nil where there is none.
    package let name: String?
    /// How it was found: 0 exactly, 1 in another case, more where only in part.
    package let likeness: Int
}

extension AccountStore {
    /// The accounts that a text may mean, the likeliest first: by id in any case, its beginning, the name or a part of it.
    package func accounts(meantBy text: String, limit: Int) async throws -> [NameMatch] {
        // Who writes an id as it is waits for no search.
        if try await AlertStore(connection).accountKey(of: text) != nil {
            return [NameMatch(id: text, name: nil, likeness: 0)]
        }
        guard !text.isEmpty else { return [] }
        return try await connection.query(Statement(SQL.Accounts.find), [text, Int32(limit)]).map { row in
            NameMatch(
                id: try row.decode("account_id"), name: try row.decode("name"),
                likeness: Int(try row.decode("likeness", as: Int32.self)))
        }
    }

    /// The CSMs that a text may mean, the likeliest first: by e-mail in any case, its beginning, or the name.
    package func csms(meantBy text: String, limit: Int) async throws -> [NameMatch] {
        guard !text.isEmpty else { return [] }
        return try await connection.query(Statement(SQL.Accounts.findCsm), [text, Int32(limit)]).map { row in
            NameMatch(
                id: try row.decode("email"), name: nil,
                likeness: Int(try row.decode("likeness", as: Int32.self)))
        }
    }

    /// The contracts that a text means: that of the id, else those of the id in another case.
    package func contracts(meantBy text: String, limit: Int) async throws -> [NameMatch] {
        try await connection.query(Statement(SQL.Accounts.findContract), [text, Int32(limit)]).map { row in
            NameMatch(
                id: try row.decode("contract_id"), name: nil,
                likeness: Int(try row.decode("likeness", as: Int32.self)))
        }
    }
}
