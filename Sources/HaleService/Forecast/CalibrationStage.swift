package import HaleDomain
package import HaleStore
import Postgres

/// Keeps what turns scores into renewal probabilities, fitted again after each decided renewal (mathematics §2): the night
/// chooses base and rung, by how they would have foretold the newest renewals, and keeps why.
///
/// A day's formula learns from what was decided before it alone. One is stored for every scored day on which it is another
/// than on the day before, so a day in the past keeps the one of its time.
package struct CalibrationStage: Sendable {
    /// Days before a decision that a fit looks back to.
    package static let leadDays = 90

    private let database: Database
    private let assumptions = RenewalAssumptions()

    /// A stage on a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Makes the formulas of the scored days of a range follow from what is known now; running it again changes nothing.
    package func run(from first: Day, to last: Day) async throws {
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                try await store(from: first, to: last, on: transaction)
            }
        }
    }

    private func store(from first: Day, to last: Day, on connection: Connection) async throws {
        let store = CalibrationStore(connection)
        let days = try await ScoreCalendar(connection).days(from: first, to: last)
        guard !days.isEmpty else { return }
        let decisions = try await store.decisions(before: last)
        let evidence = try await EvidenceStore(connection).renewals(
            before: last, leadDays: Self.leadDays, assumptions: assumptions)
        let renewals = evidence.rows.map(\.renewal.countedWhenDue).sorted { $0.decidedOn < $1.decidedOn }
        var formula = try await store.formula(asOf: first - 1)
        var known: (decisions: Int, evidence: Int)?
        var changed: [Day] = []
        for day in days {
            let decided = decisions.prefix { $0.decidedOn < day }
            let learnt = renewals.prefix { $0.decidedOn < day }
            // Nothing was decided since the day before, so nothing is fitted anew.
            if let known, known == (decided.count, learnt.count) { continue }
            known = (decided.count, learnt.count)
            let fitted = RenewalFormula(
                decided: Array(decided), evidence: Array(learnt), dimensions: evidence.dimensions,
                assumptions: assumptions)
            if fitted == formula { continue }
            try await store.store(fitted, from: day, assumptions: assumptions)
            formula = fitted
            changed.append(day)
        }
        try await store.drop(from: first, to: last, except: changed)
    }
}
