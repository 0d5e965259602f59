package import HaleDomain
import HaleSQL
package import Postgres

/// Keeps how people read accounts, and their notes.
package struct JudgementStore: Sendable {
    /// A reading of an account by somebody.
    package struct GivenPulse: Sendable, Equatable {
        /// From 1, bad, to 5, good.
        package let value: Int
        /// Why, in the reader's words.
        package let note: String?
        /// Who gave it.
        package let givenBy: String?
        /// The day on which it was so.
        package let givenOn: Day
        /// The last day on which it counts.
        package let validUntil: Day
    }

    /// A note about an account.
    package struct Note: Sendable, Equatable {
        package let text: String
        /// Who wrote it.
        package let notedBy: String?
        /// The day that it is about.
        package let notedOn: Day
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Keeps a reading of an account, of now or of a day; returns it, nil for an unknown account.
    package func givePulse(
        _ value: Int, note: String?, by person: String?, on day: Day?, of account: String
    ) async throws -> GivenPulse? {
        try await connection.query(
            Statement(SQL.Accounts.givePulse), [account, Int32(value), note, person, day?.postgresDate]
        ).first.map {
            GivenPulse(
                value: value, note: note, givenBy: person, givenOn: try $0.day("given_on"),
                validUntil: try $0.day("valid_until"))
        }
    }

    /// Keeps a note about an account, of now or of a day; returns its day, nil for an unknown account.
    package func addNote(_ note: String, by person: String?, on day: Day?, of account: String) async throws -> Day? {
        try await connection.query(Statement(SQL.Accounts.addNote), [account, note, person, day?.postgresDate])
            .first?.day("noted_on")
    }

    /// Keeps a contact with an account, of now or of a day; returns the account's key and the day, nil for an unknown
    /// account.
    package func logContact(
        _ kind: ContactKind, with account: String, note: String, by person: String?, on day: Day?
    ) async throws -> (account: Int64, day: Day)? {
        try await connection.query(
            Statement(SQL.Accounts.logContact), [account, kind.rawValue, note, person, day?.postgresDate]
        ).first.map { (try $0.decode("account_key"), try $0.day("contact_on")) }
    }

    /// The newest readings of an account up to a day, newest first.
    package func pulses(of account: String, upTo day: Day, limit: Int) async throws -> [GivenPulse] {
        try await connection.query(Statement(SQL.Accounts.pulses), [day.postgresDate, account, Int64(limit)]).map {
            GivenPulse(
                value: Int(try $0.decode("value", as: Int16.self)), note: try $0.decodeIfPresent("note"),
                givenBy: try $0.decodeIfPresent("given_by"), givenOn: try $0.day("given_on"),
                validUntil: try $0.day("valid_until"))
        }
    }

    /// The newest notes about an account up to a day, newest first.
    package func notes(of account: String, upTo day: Day, limit: Int) async throws -> [Note] {
        try await connection.query(Statement(SQL.Accounts.notes), [day.postgresDate, account, Int64(limit)]).map {
            Note(
                text: try $0.decode("note"), notedBy: try $0.decodeIfPresent("noted_by"),
                notedOn: try $0.day("noted_on"))
        }
    }

    /// What counts of an account's readings on a day, by the key of the account.
    package func pulses(asOf day: Day, range: AccountRange) async throws -> [Int64: Pulse] {
        let table = try await connection.table(
            Statement(SQL.Features.pulses), [day.postgresDate, range.first, range.last, range.keys])
        let key = try table.integers("account_id")
        let value = try table.integers("value")
        let ageDays = try table.integers("age_days")
        var pulses: [Int64: Pulse] = [:]
        for row in 0..<table.count {
            guard let account = key[row], let value = value[row], let age = ageDays[row] else { continue }
            pulses[Int64(account)] = Pulse(value: value, ageDays: age)
        }
        return pulses
    }
}
