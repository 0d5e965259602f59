import HaleDomain
public import HaleStore
import Postgres

/// Finds out what was known of every decided renewal some days before, as a run of that day would have had it
/// (mathematics §2): its account's score from the facts that were recorded by then, beside those of all accounts.
///
/// All snapshots are taken in one transaction that is rolled back, from the newest to the oldest: going back in time only
/// takes more away. What is found is kept, so a renewal is looked at once.
public struct EvidenceStage: Sendable {
    /// What was done.
    public struct Outcome: Sendable, Hashable {
        /// Renewals that were looked at.
        public let renewals: Int
        /// Days that were scored for that.
        public let days: Int
    }

    private let database: Database
    private let models: ModelSet

    /// A stage on a database with the models in force.
    public init(_ database: Database, models: ModelSet = ModelSet()) {
        self.database = database
        self.models = models
    }

    /// Looks at the decided renewals that were not looked at yet; `again` looks at all of them.
    /// - Parameter onDay: Is told how many days are done of how many.
    public func run(
        leadDays: Int, again: Bool = false, onDay: (Int, Int) -> Void = { _, _ in }
    ) async throws -> Outcome {
        let (names, wanted) = try await database.withConnection { connection in
            var hashes: [String] = []
            for model in models.primary { hashes.append(try await ScoreStore(connection).register(model)) }
            let names = hashes.joined(separator: ",")
            return (
                names, try await EvidenceStore(connection).wanted(leadDays: leadDays, models: names, again: again)
            )
        }
        let days = Dictionary(grouping: wanted, by: \.snapshotOn).sorted { $0.key > $1.key }
        guard !days.isEmpty else { return Outcome(renewals: 0, days: 0) }
        let evidence = try await lookBack(days, onDay)
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                try await EvidenceStore(transaction).store(evidence, leadDays: leadDays, models: names)
            }
        }
        return Outcome(renewals: evidence.count, days: days.count)
    }

    private func lookBack(
        _ days: [(key: Day, value: [EvidenceStore.Wanted])], _ onDay: (Int, Int) -> Void
    ) async throws -> [EvidenceStore.Evidence] {
        do {
            return try await database.withConnection { connection in
                try await connection.transaction(isolation: .repeatableRead) { transaction in
                    let store = KnowledgeStore(transaction)
                    let rescoring = PortfolioRescoring(
                        models: models, ranges: try await FeatureStore(transaction).ranges(), connection: transaction)
                    var evidence: [EvidenceStore.Evidence] = []
                    for (index, (day, wanted)) in days.enumerated() {
                        try await store.hideLater(
                            than: try await store.instant(day.description), seenFrom: day)
                        let known = DayOfEvidence(try await rescoring.run(day))
                        evidence += wanted.map(known.evidence)
                        onDay(index + 1, days.count)
                    }
                    throw FoundEvidence(evidence: evidence)
                }
            }
        } catch let found as FoundEvidence {
            return found.evidence
        }
    }
}

/// The scores of a day, from which what was known of its renewals follows.
private struct DayOfEvidence {
    private let results: [Int64: PortfolioRescoring.Result]
    private let scores: ScoreDistribution
    private let meanPoints: [String: Double]

    init(_ results: [PortfolioRescoring.Result]) {
        self.results = Dictionary(uniqueKeysWithValues: results.map { ($0.score.accountKey, $0) })
        let scored = results.filter(\.score.isScored).sorted { $0.score.accountKey < $1.score.accountKey }
        scores = ScoreDistribution(scores: scored.map(\.score.composition.score))
        var sums: [String: Double] = [:]
        for result in scored { sums.merge(Self.points(of: result)) { $0 + $1 } }
        meanPoints = sums.mapValues { $0 / Double(scored.count) }
    }

    func evidence(of wanted: EvidenceStore.Wanted) -> EvidenceStore.Evidence {
        let result = results[wanted.account]
        let entry = result?.score.contract.entries.first { $0.facts.contractID == wanted.contractID }
        let points = result.map(Self.points) ?? [:]
        let names = Set(points.keys).union(meanPoints.keys).sorted()
        let isScored = result?.score.isScored ?? false
        return EvidenceStore.Evidence(
            wanted: wanted, score: isScored ? result?.score.composition.score : nil, scores: scores,
            dimensions: names, points: names.map { points[$0] ?? 0 }, meanPoints: names.map { meanPoints[$0] ?? 0 },
            band: isScored ? result?.score.band ?? .unknown : .unknown, isOpen: entry != nil,
            noticeGiven: entry?.reading.state == .noticeGiven)
    }

    /// The points of a score by dimension.
    private static func points(of result: PortfolioRescoring.Result) -> [String: Double] {
        var points: [String: Double] = [:]
        for (driver, own) in zip(result.model.drivers, result.score.composition.points) {
            points[driver.dimension, default: 0] += own
        }
        return points
    }
}

/// Rolls the transaction back and carries what was found.
private struct FoundEvidence: Error {
    let evidence: [EvidenceStore.Evidence]
}
