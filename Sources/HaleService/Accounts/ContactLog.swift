package import HaleDomain
package import HaleStore
import Postgres

/// Contacts with accounts that people log, and the tasks that those complete.
package struct ContactLog: Sendable {
    /// A contact that was logged.
    package struct Logged: Sendable, Equatable {
        /// The day on which it took place.
        package let day: Day
        /// How many tasks it completed.
        package let completed: Int
    }

    private let database: Database

    /// A log in a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Logs a contact of now or of a past day, and completes the tasks that it can.
    package func log(
        _ kind: ContactKind, with account: String, note: String, by person: String?, on day: Day?,
        isDryRun: Bool = false
    ) async throws -> Logged {
        try await database.withConnection { connection in
            try await connection.transaction(isDryRun: isDryRun) { transaction in
                if let day, try await AccountStore(transaction).today() < day {
                    throw Judgements.Refusal.inTheFuture(day)
                }
                let logged = try await JudgementStore(transaction).logContact(
                    kind, with: account, note: note, by: person, on: day)
                guard let logged else { throw StoreError.unknownAccount(account) }
                let completed = try await Self.completed(on: transaction, accounts: [logged.account])
                return Logged(day: logged.day, completed: completed)
            }
        }
    }

    /// Completes the open tasks of accounts, or of all, that contacts up to today complete.
    static func completeTasks(on connection: Connection, accounts: [Int64]?) async throws {
        _ = try await connection.transaction { try await completed(on: $0, accounts: accounts) }
    }

    private static func completed(on transaction: Connection, accounts: [Int64]?) async throws -> Int {
        let store = TaskStore(transaction)
        try await store.lock()
        return try await store.completeByContact(
            upTo: try await AccountStore(transaction).today(), accounts: accounts)
    }
}
