package import HaleDomain

/// Whether Hale can do its work, and what is in the way.
package enum Readiness: Sendable, Equatable {
    /// Everything is there.
    case ready(Progress)
    /// The database does not answer.
    case databaseUnreachable
    /// So many steps of the schema are not applied.
    case schemaPending(steps: Int)
    /// The schema is another version's.
    case schemaForeign

    /// How far the scores are.
    package struct Progress: Sendable, Equatable {
        /// The newest finished scored day; nil before the first.
        package let newestDay: Day?
        /// The run that was started last; nil before the first.
        package let lastRun: Run?

        /// Scores up to a day, and the last run.
        package init(newestDay: Day?, lastRun: Run?) {
            self.newestDay = newestDay
            self.lastRun = lastRun
        }
    }

    /// One run of the scoring stage.
    package struct Run: Sendable, Equatable {
        /// The day it scores.
        package let day: Day
        /// How it stands.
        package let outcome: RunOutcome

        /// A run and how it stands.
        package init(day: Day, outcome: RunOutcome) {
            self.day = day
            self.outcome = outcome
        }
    }

    /// How a run stands.
    package enum RunOutcome: String, Sendable {
        /// It finished; its day is published.
        case finished
        /// It ended with an error; the last complete day stays in sight.
        case failed
        /// It goes on, or died without a word.
        case unfinished
    }
}
