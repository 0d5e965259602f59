import HaleSQL
package import Postgres

/// A person of an account, and how traces of the person are found.
package struct FoundPerson: Sendable, Equatable {
    /// The account's internal id.
    package let accountKey: Int64
    /// The account's id.
    package let account: String
    /// The person's internal id.
    package let personKey: Int64
    /// The person's id within the account.
    package let id: String
    /// The name, where it is known.
    package let name: String?
    let mention: String
    let field: String
    let accountField: String
}

/// Erases people, in the caller's transaction.
package struct PersonStore: Sendable {
    /// What was erased.
    package struct Counts: Sendable, Equatable {
        /// NPS responses whose comment or other texts changed.
        package var responses: Int64 = 0
        /// Touchpoints whose note changed.
        package var touchpoints: Int64 = 0
        /// Tickets whose subject named the person.
        package var tickets: Int64 = 0
        /// Overrides, pulses and notes that named the person.
        package var judgements: Int64 = 0
        /// Ids of usage events that named the person.
        package var eventIDs: Int64 = 0
        /// Problems of rejected rows that held the person.
        package var rejects: Int64 = 0
        /// Rows from before an import that held the person.
        package var changes: Int64 = 0
        /// Messages to receivers, and answers to them, that named the person.
        package var messages: Int64 = 0
        /// Names of imported files that named the person.
        package var fileNames: Int64 = 0

        /// Nothing yet.
        package init() {}
    }

    private let connection: Connection

    /// A store that works in the caller's transaction.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Waits for imports that are going on and lets none begin.
    package func begin() async throws {
        _ = try await connection.query(Statement(SQL.ImportUndo.lockImports))
    }

    /// The people that an id or e-mail address names, in one account or in all.
    package func people(named name: String, account: String?) async throws -> [FoundPerson] {
        try await connection.query(Statement(SQL.People.find), [name, account]).map { row in
            FoundPerson(
                accountKey: try row.decode("account_id"), account: try row.decode("account"),
                personKey: try row.decode("person_id"), id: try row.decode("external_id"),
                name: try row.decodeIfPresent("name"), mention: try row.decode("mention"),
                field: try row.decode("field"), accountField: try row.decode("account_field"))
        }
    }

    /// Erases a person everywhere. The nameless person stays, so that counts stay what they were.
    package func erase(_ person: FoundPerson) async throws -> Counts {
        let account = person.accountKey
        let own: [(any PostgresEncodable)?] = [account, person.personKey, person.mention]
        let rejects: [(any PostgresEncodable)?] = [person.mention, person.field, person.accountField]
        var counts = Counts()
        counts.responses = try await run(SQL.People.eraseResponses, own)
        counts.touchpoints = try await run(SQL.People.eraseTouchpoints, own)
        counts.tickets = try await run(SQL.People.eraseTickets, [account, person.mention])
        counts.judgements = try await run(SQL.People.eraseJudgements, [account, person.mention])
        counts.eventIDs = try await run(SQL.People.eraseEventIds, [account, person.mention])
        counts.rejects = try await run(SQL.People.eraseRejects, rejects)
        counts.rejects += try await run(SQL.People.eraseTakenRejects, rejects)
        counts.changes = try await run(SQL.People.eraseChanges, own)
        counts.messages = try await run(SQL.People.eraseDeliveries, [person.mention])
        counts.fileNames = try await run(SQL.People.eraseReceipts, [person.mention])
        _ = try await run(SQL.People.erasePerson, [account, person.personKey])
        return counts
    }

    private func run(_ sql: SQL, _ parameters: [(any PostgresEncodable)?]) async throws -> Int64 {
        Int64(try await connection.execute(Statement(sql), parameters))
    }
}
