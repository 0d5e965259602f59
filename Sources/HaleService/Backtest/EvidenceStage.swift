import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Finds out what was known of every decided renewal some days before, as a run of that day would have had it
/// (mathematics §2): its account's score from the facts that were recorded by then, beside those of all accounts.
///
/// Days are looked at from the newest to the oldest, since going back in time only takes more away, and some at a time in
/// a transaction that is rolled back. What was found on them is kept before the next ones are looked at, so a renewal is
/// looked at once, also by a run that was interrupted.
package struct EvidenceStage: Sendable {
    /// What was done.
    package struct Outcome: Sendable, Hashable {
        /// Renewals that were looked at.
        package var renewals = 0
        /// Days that were looked at for that.
        package var days = 0
    }

    /// Days that one transaction looks at, and over which they may be spread.
    package static let mostDaysAtOnce = 31
    /// Scores that one transaction takes; a day of more accounts has its own.
    private static let scoresAtOnce = 20_000
    /// Attempts of a transaction that another one came in between of.
    private static let attempts = 3

    private let database: Database
    private let models: ModelSet
    private let daysAtOnce: Int

    /// A stage on a database with the models in force.
    package init(_ database: Database, models: ModelSet, daysAtOnce: Int = mostDaysAtOnce) {
        self.database = database
        self.models = models
        self.daysAtOnce = daysAtOnce
    }

    /// A day with the renewals that are looked at on it.
    private typealias WantedDay = (day: Day, renewals: [EvidenceStore.Wanted])

    /// Looks at the decided renewals that were not looked at yet; `again` looks at all of them.
    /// - Parameter onDay: Is told how many days are done of how many. Between the days of one transaction the rows that it
    ///   hides are locked.
    package func run(
        leadDays: Int, again: Bool = false, onDay: (Int, Int) async throws -> Void = { _, _ in }
    ) async throws -> Outcome {
        let (names, wanted) = try await wanted(leadDays: leadDays, again: again)
        let days: [WantedDay] = Dictionary(grouping: wanted, by: \.snapshotOn).sorted { $0.key > $1.key }
            .map { ($0.key, $0.value) }
        guard !days.isEmpty else { return Outcome() }
        var knowledge = try await knowledge(of: days)
        var outcome = Outcome()
        for part in parts(of: days, accounts: knowledge.accounts) {
            let done = outcome.days
            let evidence = try await lookBack(part, &knowledge) { try await onDay(done + $0, days.count) }
            try await database.withConnection { connection in
                try await connection.transaction { transaction in
                    try await EvidenceStore(transaction).store(evidence, leadDays: leadDays, models: names)
                }
            }
            outcome.renewals += evidence.count
            outcome.days += part.count
            try await onDay(outcome.days, days.count)
        }
        return outcome
    }

    private func wanted(leadDays: Int, again: Bool) async throws -> (models: String, [EvidenceStore.Wanted]) {
        try await database.withConnection { connection in
            var hashes: [String] = []
            for model in models.primary { hashes.append(try await ScoreStore(connection).register(model)) }
            let names = hashes.joined(separator: ",")
            let store = EvidenceStore(connection)
            // Until it is looked at again, what is kept counts as before.
            if again { try await store.lookAgain(leadDays: leadDays) }
            return (names, try await store.wanted(leadDays: leadDays, models: names))
        }
    }

    /// Days that are near each other, no more than one transaction looks at.
    private func parts(of days: [WantedDay], accounts: Int) -> [ArraySlice<WantedDay>] {
        let most = max(1, min(daysAtOnce, Self.scoresAtOnce / max(1, accounts)))
        var parts: [ArraySlice<WantedDay>] = []
        for index in days.indices {
            if let last = parts.last, last.count < most, days[last.startIndex].day - days[index].day < daysAtOnce {
                parts[parts.count - 1] = days[last.startIndex...index]
            } else {
                parts.append(days[index...index])
            }
        }
        return parts
    }

    /// What is known of the whole before looking back.
    private struct Knowledge {
        let days: [Day]
        var later: LaterFacts
        /// What the database held when `later` was read.
        var snapshot: String
        let accounts: Int
    }

    private func knowledge(of days: [WantedDay]) async throws -> Knowledge {
        try await database.withConnection { connection in
            try await connection.transaction(isolation: .repeatableRead, readOnly: true) { transaction in
                let days = days.map(\.day)
                let ranges = try await FeatureStore(transaction).ranges()
                return Knowledge(
                    days: days, later: try await KnowledgeStore(transaction).later(days: days),
                    snapshot: try await ChangeStore(transaction).snapshot(),
                    accounts: ranges.reduce(0) { $0 + $1.accounts })
            }
        }
    }

    private func lookBack(
        _ days: ArraySlice<WantedDay>, _ knowledge: inout Knowledge, _ onDay: (Int) async throws -> Void
    ) async throws -> [EvidenceStore.Evidence] {
        try await database.withConnection { connection in
            try await connection.rehearse(isolation: .repeatableRead, attempts: Self.attempts) { transaction in
                try await bringUpToDate(&knowledge, on: transaction)
                return try await LookBack(
                    days: days, later: knowledge.later, models: models, connection: transaction
                ).run(onDay)
            }
        }
    }

    /// Facts that came in meanwhile are later ones.
    private func bringUpToDate(_ knowledge: inout Knowledge, on connection: Connection) async throws {
        let changes = ChangeStore(connection)
        let snapshot = try await changes.snapshot()
        guard snapshot != knowledge.snapshot else { return }
        let accounts = try await changes.changeCount(since: knowledge.snapshot)
        let common = try await changes.commonChanges(since: knowledge.snapshot)
        if accounts > 0 || !common.isEmpty {
            knowledge.later = try await KnowledgeStore(connection).later(days: knowledge.days)
        }
        knowledge.snapshot = snapshot
    }
}
