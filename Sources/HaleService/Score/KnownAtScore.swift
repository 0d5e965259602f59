package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Scores a day from what was known at an instant, and stores nothing (architecture §3).
///
/// The days before are replayed from 60 days earlier, so that smoothing and flags are those of that knowledge too. All
/// of it happens in one transaction that is rolled back: the facts that became known later are taken away, and the
/// statements and formulas are those of any other run. Rows that are taken away are locked until it ends.
package struct KnownAtScore: Sendable {
    /// What came of it.
    package struct Outcome: Sendable {
        /// The instant, as the database writes it.
        package let knownAt: String
        /// The scores in order of the accounts' ids.
        package let scores: [AccountScore]
        /// The overrides in force, as they were known, by the key of the account.
        package let overrides: [Int64: BandOverride]
    }

    /// Days that are replayed before the one asked for.
    package static let replayedDays = 60

    private let database: Database
    private let models: ModelSet

    /// On a database with the models in force.
    package init(_ database: Database, models: ModelSet) {
        self.database = database
        self.models = models
    }

    /// The scores of a day as they would have been; `instant` is a day, which means its beginning, or an instant.
    package func run(asOf day: Day, knownAt instant: String) async throws -> Outcome {
        try await database.withConnection { connection in
            try await connection.rehearse(isolation: .repeatableRead) { try await replay(day, instant, on: $0) }
        }
    }

    private func replay(_ day: Day, _ text: String, on connection: Connection) async throws -> Outcome {
        let store = KnowledgeStore(connection)
        let instant = try await store.instant(text)
        try await store.begin()
        try await store.hideLater(than: instant, seenFrom: day)
        let trial = try await ScoreTrial(models, readers: ScoreReaders(connection))
        var states: [Int64: ScoreState] = [:]
        var scores: [AccountScore] = []
        for replayed in stride(from: day - Self.replayedDays, through: day, by: 1) {
            scores = []
            try await trial.forEach(replayed, after: states) { score, _ in scores.append(score) }
            for score in scores { states[score.accountKey] = score.state }
        }
        let overrides = try await OverrideStore(connection).inForce(on: day, knownAt: instant)
        return Outcome(
            knownAt: instant, scores: scores.sorted { $0.accountID < $1.accountID }, overrides: overrides)
    }
}
