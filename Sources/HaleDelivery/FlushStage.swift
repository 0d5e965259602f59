import Foundation
import HaleDomain
package import HaleStore
import Postgres

/// Turns what is due in the outbox into messages, a group at a time into one, in one transaction.
package struct FlushStage: Sendable {
    /// Most groups of one transaction.
    static let groupLimit = 50
    /// Most outbox rows of one transaction.
    static let rowLimit = 10_000
    /// Drivers that a message names of an account.
    static let driverLimit = 3
    /// How long rows of a receiver wait that is in no list, in seconds: a file may be missing by mistake.
    static let unknownReceiverSeconds = 3_600

    private let database: Database
    private let book: ReceiverBook
    private let effects: DeliveryEffects

    /// A stage with the receivers in force.
    package init(_ database: Database, book: ReceiverBook, effects: DeliveryEffects) {
        self.database = database
        self.book = book
        self.effects = effects
    }

    /// Flushes some groups; returns how many there were, and how many messages were made of them.
    package func run() async throws -> (groups: Int, messages: Int) {
        try await database.withConnection { connection in
            try await connection.transaction(attempts: 3) { transaction in
                let store = OutboxStore(transaction)
                let groups = try await store.dueGroups(limit: Self.groupLimit)
                guard !groups.isEmpty else { return (0, 0) }
                let rows = try await store.rows(of: groups, limit: Self.rowLimit)
                var flush = Flush(groups: groups, rows: rows, book: book)
                let facts = try await AlertFacts.read(
                    of: Array(Set(flush.told.map(\.row.account))).sorted(), externalURL: book.externalURL,
                    on: transaction)
                let messages = try flush.messages(
                    facts: facts, timestamp: Instant.text(effects.nowSeconds()), newID: effects.newID)
                let keys = try await DeliveryStore(transaction).add(messages)
                try await store.mark(flush.marks(keys))
                try await store.postpone(flush.postponed)
                try await store.postponeRepeats(flush.postponedRepeats)
                try await store.close(flush.closed)
                return (groups.count, messages.count)
            }
        }
    }
}

/// An instant as text.
enum Instant {
    /// RFC 3339, in UTC, to the second.
    static func text(_ unixSeconds: Int64) -> String {
        let day = Day(daysSince2000: Int32(unixSeconds / 86_400 - 10_957))
        let second = Int(unixSeconds % 86_400)
        let parts = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(day)T\(parts.joined(separator: ":"))Z"
    }
}

/// What is known of the accounts of alerts on the newest scored day.
struct AlertFacts {
    var accounts: [String: AlertMessage.Account] = [:]
    var drivers: [String: [AlertMessage.Driver]] = [:]

    static func read(of accounts: [String], externalURL: String, on connection: Connection) async throws -> AlertFacts {
        guard !accounts.isEmpty else { return AlertFacts() }
        let store = AccountStore(connection)
        let newest = try await ScoreCalendar(connection).newest()
        let day = if let newest { newest } else { try await store.today() }
        var facts = AlertFacts()
        for health in try await store.health(asOf: day, accounts: accounts, historyDays: 1) {
            var account = AlertMessage.Account(id: health.accountID, name: health.name)
            account.csm = health.csm
            account.arrMinor = health.arrMinor
            account.currency = health.currency
            account.renewsOn = health.renewsOn
            account.score = health.smoothedScore
            account.band = health.band
            if !externalURL.isEmpty {
                let id = health.accountID.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
                account.url = "\(externalURL)/accounts/\(id ?? "")"
            }
            facts.accounts[health.accountID] = account
        }
        facts.drivers = try await OutboxStore(connection).worstDrivers(
            of: accounts, on: day, limit: FlushStage.driverLimit)
        return facts
    }
}
