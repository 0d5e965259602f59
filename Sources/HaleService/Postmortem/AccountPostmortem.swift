package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// What was known, seen and done before an account was lost, and which rule would have caught it at what cost.
package struct AccountPostmortem: Sendable {
    /// Days before the decision that are looked at.
    package static let lookBackDays = 180
    /// Days from one score that is told to the next.
    package static let stepDays = 30

    /// How the account stood some days before the decision.
    package struct Checkpoint: Sendable, Equatable {
        /// Where its score comes from.
        package enum Source: String, Sendable {
            /// The score was stored when the day was scored.
            case stored
            /// The day was never scored: a score of the day from what was recorded when it began, without smoothing.
            case recomputed
        }

        package let daysBefore: Int
        package let day: Day
        package let source: Source
        /// Nil where too little was known.
        package let score: Double?
        package let band: Band
        /// Rules whose alerts fired then.
        package let firing: [String]
    }

    /// What was found.
    package struct Outcome: Sendable {
        package let loss: LostRenewal
        /// Other contracts of the account that were lost within the same days.
        package let alsoLost: [LostRenewal]
        /// The earliest first; the last is the day of the decision.
        package let checkpoints: [Checkpoint]
        package let facts: [KnownFact]
        package let acts: [AccountAct]
        /// The alerts that really fired.
        package let alerts: [FiredAlert]
        /// What the rules would have done on the days before, and to everybody.
        package let rules: PostmortemRules
        package let currency: String?
        package let minorDigits: Int
    }

    private let database: Database
    private let library: RuleLibrary
    private let models: ModelSet
    private let fleetGuard: FleetGuard

    /// On a database, with the rules to be judged and the models in force.
    package init(_ database: Database, library: RuleLibrary, models: ModelSet, fleetGuard: FleetGuard = FleetGuard()) {
        self.database = database
        self.library = library
        self.models = models
        self.fleetGuard = fleetGuard
    }

    /// Looks back from the newest loss of an account, by its key.
    package func run(_ account: Int64, id: String) async throws -> Outcome {
        let found = try await database.withConnection { connection in
            let today = try await AccountStore(connection).today()
            let store = PostmortemStore(connection)
            let losses = try await store.losses(asOf: today, from: nil, to: today, account: account)
            guard let loss = losses.last else { throw PostmortemFailure.notLost(account: id) }
            let days = loss.lostOn - Self.lookBackDays...loss.lostOn
            let (first, last) = (days.lowerBound, days.upperBound)
            return Found(
                today: today, loss: loss, alsoLost: losses.dropLast().filter { days.contains($0.lostOn) },
                facts: try await store.facts(of: account, from: first, to: last),
                acts: try await store.acts(for: [account], from: first, to: last),
                alerts: try await store.alerts(of: [account], from: first, to: last),
                scores: try await AccountStore(connection).history(
                    of: loss.accountID, upTo: last, days: Self.lookBackDays + 1),
                currency: try await SettingStore(connection).reportingCurrency())
        }
        let rules = try await PostmortemRules(
            RuleReplay(database, library: library, fleetGuard: fleetGuard).run(
                from: found.loss.lostOn - Self.lookBackDays, to: found.loss.lostOn - 1, lossesUntil: found.today))
        return Outcome(
            loss: found.loss, alsoLost: found.alsoLost, checkpoints: try await checkpoints(found), facts: found.facts,
            acts: found.acts, alerts: found.alerts, rules: rules, currency: found.currency.currency,
            minorDigits: found.currency.minorDigits)
    }

    /// What one reading of the database gives.
    private struct Found: Sendable {
        let today: Day
        let loss: LostRenewal
        let alsoLost: [LostRenewal]
        let facts: [KnownFact]
        let acts: [AccountAct]
        let alerts: [FiredAlert]
        let scores: [ScoredDay]
        let currency: (currency: String?, minorDigits: Int)
    }

    private func checkpoints(_ found: Found) async throws -> [Checkpoint] {
        let stored = Dictionary(uniqueKeysWithValues: found.scores.map { ($0.day, $0) })
        let places = stride(from: Self.lookBackDays, through: 0, by: -Self.stepDays).map { found.loss.lostOn - $0 }
        let recomputed = try await scores(of: found.loss.accountKey, on: places.filter { stored[$0] == nil })
        return places.map { day in
            let firing = found.alerts.filter { $0.firedOn <= day && $0.resolvedOn ?? day + 1 > day }.map(\.rule)
            let known = stored[day]
            // A stored day without a score is one on which too little was known.
            let isKnown = known.map { $0.band != .unknown } ?? false
            return Checkpoint(
                daysBefore: found.loss.lostOn - day, day: day, source: known == nil ? .recomputed : .stored,
                score: known == nil ? recomputed[day]?.score : isKnown ? known?.smoothedScore : nil,
                band: known?.band ?? recomputed[day]?.band ?? .unknown, firing: firing)
        }
    }

    /// The scores of an account on days that were never scored, each from what was recorded when it began.
    private func scores(of account: Int64, on days: [Day]) async throws -> [Day: (score: Double?, band: Band)] {
        guard !days.isEmpty else { return [:] }
        return try await database.withConnection { connection in
            try await connection.rehearse(isolation: .repeatableRead) { transaction in
                let knowledge = KnowledgeStore(transaction)
                let later = try await knowledge.later(days: days)
                try await knowledge.begin()
                let trial = try await ScoreTrial(models, readers: ScoreReaders(transaction))
                var scores: [Day: (score: Double?, band: Band)] = [:]
                // Going back in time only takes more away.
                for day in days.sorted(by: >) {
                    try await knowledge.hide(later, on: day)
                    try await trial.forEach(day) { score, _ in
                        guard score.accountKey == account else { return }
                        scores[day] =
                            score.isScored ? (score.composition.score, score.band) : (nil, .unknown)
                    }
                }
                return scores
            }
        }
    }
}
