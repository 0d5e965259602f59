package import HaleDomain
package import HaleStore
import Postgres

/// What people say of accounts: overrides of the band, pulses and notes.
package struct Judgements: Sendable {
    /// Why nothing was kept.
    package enum Refusal: CodedError, Equatable {
        /// An override that ends before it begins.
        case endsBeforeItBegins(from: Day, until: Day)
        /// No override holds that could be taken back.
        case nothingToTakeBack(String, on: Day)
        /// A day that has not come yet.
        case inTheFuture(Day)

        package var code: String {
            switch self {
            case .endsBeforeItBegins: "HALE-JUDGEMENT-001"
            case .nothingToTakeBack: "HALE-JUDGEMENT-002"
            case .inTheFuture: "HALE-JUDGEMENT-003"
            }
        }

        package var message: String {
            switch self {
            case .endsBeforeItBegins(let from, let until):
                "the override would begin on \(from) and end on \(until): give a later --until"
            case .nothingToTakeBack(let account, let day):
                "no override of account \"\(account)\" holds on \(day) or later"
            case .inTheFuture(let day):
                "\(day) has not come yet: give a day up to today"
            }
        }
    }

    private let database: Database

    /// What people say, kept in a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Sets the band of an account until a day, which is its last; from the newest scored day where none is given.
    /// Returns it and how many earlier overrides it ends.
    package func set(
        _ band: Band, of account: String, from: Day?, until: Day, reason: String, by person: String,
        isDryRun: Bool = false
    ) async throws -> (override: BandOverride, ended: Int) {
        try await keep(isDryRun: isDryRun) { connection in
            let first = try await Self.day(from, on: connection)
            guard first <= until else { throw Refusal.endsBeforeItBegins(from: first, until: until) }
            let override = BandOverride(band: band, startsOn: first, untilOn: until, reason: reason, setBy: person)
            guard let ended = try await OverrideStore(connection).set(override, of: account) else {
                throw StoreError.unknownAccount(account)
            }
            return (override, ended)
        }
    }

    /// Takes back what was set of an account's band, from a day on; from the newest scored day where none is given.
    package func takeBack(
        of account: String, from: Day?, by person: String, isDryRun: Bool = false
    ) async throws -> [BandOverride] {
        try await keep(isDryRun: isDryRun) { connection in
            let first = try await Self.day(from, on: connection)
            try await Self.require(account, on: connection)
            let ended = try await OverrideStore(connection).end(of: account, on: first, by: person)
            guard !ended.isEmpty else { throw Refusal.nothingToTakeBack(account, on: first) }
            return ended
        }
    }

    /// Keeps how somebody reads an account, of now or of a past day; returns what is kept.
    package func pulse(
        _ value: Int, of account: String, note: String?, by person: String?, on day: Day?, isDryRun: Bool = false
    ) async throws -> JudgementStore.GivenPulse {
        try await keep(isDryRun: isDryRun) { connection in
            try await Self.requirePast(day, on: connection)
            let given = try await JudgementStore(connection).givePulse(
                value, note: note, by: person, on: day, of: account)
            guard let given else { throw StoreError.unknownAccount(account) }
            return given
        }
    }

    /// Keeps a note about an account, of now or of a past day; returns the day.
    package func note(
        _ text: String, of account: String, by person: String?, on day: Day?, isDryRun: Bool = false
    ) async throws -> Day {
        try await keep(isDryRun: isDryRun) { connection in
            try await Self.requirePast(day, on: connection)
            let noted = try await JudgementStore(connection).addNote(text, by: person, on: day, of: account)
            guard let noted else { throw StoreError.unknownAccount(account) }
            return noted
        }
    }

    /// Runs `body` in a transaction, which a dry run rolls back.
    private func keep<Value: Sendable>(
        isDryRun: Bool, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        try await database.withConnection { try await $0.transaction(isDryRun: isDryRun, body) }
    }

    private static func day(_ given: Day?, on connection: Connection) async throws -> Day {
        if let given { return given }
        if let newest = try await ScoreCalendar(connection).newest() { return newest }
        return try await AccountStore(connection).today()
    }

    private static func require(_ account: String, on connection: Connection) async throws {
        _ = try await ChangeStore(connection).keys(of: [account])
    }

    private static func requirePast(_ day: Day?, on connection: Connection) async throws {
        guard let day, try await AccountStore(connection).today() < day else { return }
        throw Refusal.inTheFuture(day)
    }
}
