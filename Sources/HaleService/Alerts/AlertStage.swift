package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Takes all alerts through scored days, in order and each day once: running a day again changes nothing. The newest day
/// is looked at again where it was scored again since, so that a fact that came in late is told of on the day.
package struct AlertStage: Sendable {
    /// The most days that are caught up with; older ones are left out.
    package static let maximumDays = 400

    /// What a day came to.
    package struct Outcome: Sendable {
        package let day: Day
        /// Rules that were evaluated; none where all had seen the day before.
        package var evaluated: [String] = []
        /// Rules that failed and changed nothing.
        package var complaints: [RuleComplaint] = []
        /// What happened.
        package var events: [AlertStore.Event] = []
        /// Rules that are held and wait for a release.
        package var held: [String] = []

        /// How often something happened.
        package func count(_ kind: AlertTransition.Kind) -> Int { events.count { $0.kind == kind } }
    }

    private let database: Database
    private let library: RuleLibrary
    private let fleetGuard: FleetGuard
    private let verdictGuard: VerdictGuard
    private let announcing: AlertAnnouncing?

    /// A stage on a database with the rules at hand.
    /// - Parameter announcing: Who is told of what happens; nil for nobody.
    package init(
        _ database: Database, library: RuleLibrary = RuleLibrary(), fleetGuard: FleetGuard = FleetGuard(),
        verdictGuard: VerdictGuard = VerdictGuard(), announcing: AlertAnnouncing? = nil
    ) {
        self.database = database
        self.library = library
        self.fleetGuard = fleetGuard
        self.verdictGuard = verdictGuard
        self.announcing = announcing
    }

    /// Takes the alerts through one scored day. Throws `FileFailure` where a file of rules is broken, or that
    /// of the receivers; then all stays as it was.
    @discardableResult
    package func run(asOf day: Day) async throws -> Outcome {
        try await run([day]).first ?? Outcome(day: day)
    }

    /// Takes the alerts through the scored days that they have not seen, up to the newest; where they saw none, from the
    /// first of these days on.
    package func catchUp(from first: Day, to newest: Day) async throws -> [Outcome] {
        let days = try await database.withConnection { connection in
            let store = AlertStore(connection)
            let seen = try await store.standings().values.map(\.evaluatedOn).max()
            let from = max(seen.map { $0 + 1 } ?? first, newest - (Self.maximumDays - 1))
            // The newest again where all was seen, for rules that are new or that failed.
            return try await ScoreCalendar(connection).days(from: min(from, newest), to: newest)
        }
        return try await run(days)
    }

    private func run(_ days: [Day]) async throws -> [Outcome] {
        guard !days.isEmpty else { return [] }
        let outbox = try await announcing?.outbox(in: database)
        return try await database.withRules { connection in
            let conditions = ConditionStore(connection)
            let rules = try await library.load(conditions).rules.map(\.rule)
            try await RetiredRules(database: database).end(inForce: rules)
            let shown = AlertRule.shownSignals(of: rules, try await conditions.signals())
            let evaluation = RuleEvaluation(conditions: conditions, shown: shown)
            let texts = AlertTexts(rules)
            var outcomes: [Outcome] = []
            // Asked before anything is evaluated: what a run that ends meanwhile brings is left to the next time.
            let runs = try await database.withConnection { connection in
                try await ScoreCalendar(connection).newestRuns(from: days[0], to: days[days.count - 1])
            }
            let newestRun = Dictionary(uniqueKeysWithValues: runs.map { ($0.day, $0.run) })
            let parts = try await parts(of: days)
            var ahead = try await evaluation.readAhead(rules, days: parts[0])
            for (index, part) in parts.enumerated() {
                var prepared = evaluation
                prepared.ahead = ahead
                // The next days are read while these are decided on.
                async let following = evaluation.readAhead(rules, days: index + 1 < parts.count ? parts[index + 1] : [])
                for day in part {
                    guard let newest = newestRun[day] else {
                        outcomes.append(Outcome(day: day))
                        continue
                    }
                    outcomes.append(try await run(rules, texts, on: (day, newest), prepared, outbox))
                }
                ahead = try await following
            }
            return outcomes
        }
    }

    /// Readings of accounts that are kept at once when days are read ahead.
    private static let readingsAtOnce = 10_000
    private static let mostDaysAtOnce = 31

    /// The days in parts that are read at once.
    private func parts(of days: [Day]) async throws -> [[Day]] {
        let accounts = try await database.withConnection { try await AlertStore($0).scoredAccounts(on: days[0]) }
        let size = max(1, min(Self.mostDaysAtOnce, Self.readingsAtOnce / max(1, accounts)))
        return stride(from: 0, to: days.count, by: size).map { Array(days[$0..<min(days.count, $0 + size)]) }
    }

    private func run(
        _ rules: [AlertRule], _ texts: AlertTexts, on scored: (day: Day, newestRun: Int64),
        _ evaluation: RuleEvaluation, _ outbox: AlertOutbox?
    ) async throws -> Outcome {
        let day = scored.day
        return try await database.withConnection { writer in
            try await writer.transaction { transaction in
                let store = AlertStore(transaction)
                try await store.lock()
                guard try await ScoreCalendar(transaction).contains(day) else { return Outcome(day: day) }
                let standings = try await store.seenStandings()
                let due = rules.filter { rule in
                    guard let standing = standings[rule.name] else { return true }
                    return standing.rule.evaluatedOn < day
                        || standing.rule.evaluatedOn == day && standing.run < scored.newestRun
                }
                guard !due.isEmpty else { return Outcome(day: day) }
                let seen = try await store.open(endedOn: day)
                let evaluated = try await evaluation.run(due, on: day, open: seen.map(\.alert))
                let work = AlertDay(
                    day: day, rules: rules, standings: standings.mapValues(\.rule), seen: seen, evaluation: evaluated,
                    scoredAccounts: try await store.scoredAccounts(on: day), fleetGuard: fleetGuard,
                    noise: try await store.verdicts(firedFrom: day - VerdictGuard.days).filter {
                        verdictGuard.stops($0.value)
                    })
                let decided = work.decide()
                var outcome = Outcome(
                    day: day, evaluated: decided.standings.keys.sorted(), complaints: evaluated.complaints)
                outcome.held = decided.standings.filter { $0.value.heldSince != nil }.keys.sorted()
                let steady = work.steady(decided)
                try await store.keep(steady: steady.map(\.number), on: day)
                try await store.rename(rules, labels: texts.labels)
                outcome.events = try await AlertWriting(transaction: transaction, outbox: outbox).store(
                    work.drafts(decided, besides: Set(steady.map(\.alert.key)), texts), on: day)
                try await store.store(decided.standings, on: day, upToRun: scored.newestRun)
                return outcome
            }
        }
    }
}
