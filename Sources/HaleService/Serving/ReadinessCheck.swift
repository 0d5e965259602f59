package import HaleStore
import Postgres

/// Asks the database whether Hale can do its work.
package struct ReadinessCheck: Sendable {
    private let database: Database

    /// A check of a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Asks once. Whatever is wrong is in the answer.
    package func run() async -> Readiness {
        do {
            return try await database.withConnection { connection in
                if case .pending(let steps) = try await Migrator().status(connection) {
                    return .schemaPending(steps: steps)
                }
                let newest = try await ScoreCalendar(connection).newest()
                let run = try await ScoreStore(connection).newestRun().map { run in
                    Readiness.Run(
                        day: run.day,
                        outcome: run.isFinished ? .finished : run.error == nil ? .unfinished : .failed)
                }
                return .ready(Readiness.Progress(newestDay: newest, lastRun: run))
            }
        } catch is StoreError {
            return .schemaForeign
        } catch {
            return .databaseUnreachable
        }
    }
}
