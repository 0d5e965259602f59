public import HaleDomain

/// Whether Hale can do its work, and what is in the way.
public enum Readiness: Sendable, Equatable {
    /// Everything is there.
    case ready(Progress)
    /// The database does not answer.
    case databaseUnreachable
    /// So many steps of the schema are not applied.
    case schemaPending(steps: Int)
    /// The schema is another version's.
    case schemaForeign

    /// How far the scores are.
    public struct Progress: Sendable, Equatable {
        /// The newest finished scored day; nil before the first.
        public let newestDay: Day?
        /// The run that was started last; nil before the first.
        public let lastRun: Run?

        /// Scores up to a day, and the last run.
        public init(newestDay: Day?, lastRun: Run?) {
            self.newestDay = newestDay
            self.lastRun = lastRun
        }
    }

    /// One run of the scoring stage.
    public struct Run: Sendable, Equatable {
        /// The day it scores.
        public let day: Day
        /// How it stands.
        public let outcome: RunOutcome

        /// A run and how it stands.
        public init(day: Day, outcome: RunOutcome) {
            self.day = day
            self.outcome = outcome
        }
    }

    /// How a run stands.
    public enum RunOutcome: String, Sendable {
        /// It finished; its day is published.
        case finished
        /// It ended with an error; the last complete day stays in sight.
        case failed
        /// It goes on, or died without a word.
        case unfinished
    }
}
