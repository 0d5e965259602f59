import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// Looks at some days, from the newest to the oldest, as each was known when it began. The caller rolls the transaction
/// back.
struct LookBack {
    let days: ArraySlice<(day: Day, renewals: [EvidenceStore.Wanted])>
    let later: LaterFacts
    let models: ModelSet
    let connection: Connection

    /// What was known of the days' renewals; `onDay` is told how many days are done, but for the last.
    func run(_ onDay: (Int) async throws -> Void) async throws -> [EvidenceStore.Evidence] {
        var evidence: [EvidenceStore.Evidence] = []
        // A day before any of its contracts were known needs no scores: there is nothing to foretell.
        let isNeeded = days.map { $0.renewals.contains(where: \.isKnown) }
        var reading: Reading?
        for (place, day) in days.enumerated() {
            if isNeeded[place] {
                let current = if let reading { reading } else { try await begin() }
                reading = current
                evidence += try await look(at: day, reading: current)
            } else {
                evidence += day.renewals.map(EvidenceStore.Evidence.init(unknown:))
            }
            if place + 1 < days.count { try await onDay(place + 1) }
        }
        return evidence
    }

    /// What the days have in common: the ranges, and what accounts did until another day is hidden from it.
    private final class Reading {
        let trial: ScoreTrial
        var span: ActivitySpan?

        init(_ trial: ScoreTrial) { self.trial = trial }
    }

    private func begin() async throws -> Reading {
        try await KnowledgeStore(connection).begin()
        return Reading(try await ScoreTrial(models, readers: ScoreReaders(connection)))
    }

    private func look(
        at day: (day: Day, renewals: [EvidenceStore.Wanted]), reading: Reading
    ) async throws -> [EvidenceStore.Evidence] {
        try await KnowledgeStore(connection).hide(later, on: day.day)
        if reading.span == nil || later.concernsActivity(on: day.day) {
            reading.span = span(from: day.day, ranges: reading.trial.portfolio)
        }
        var known = DayOfEvidence(day.renewals)
        try await reading.trial.forEach(day.day, span: reading.span) { known.add($0, of: models.primary[$1]) }
        return known.evidence()
    }

    /// What accounts did, for a day and those before it until more has to be hidden; nil for a portfolio of several ranges.
    private func span(from newest: Day, ranges: [AccountRange]) -> ActivitySpan? {
        guard ranges.count == 1 else { return nil }
        let rest = days.map(\.day).drop { $0 >= newest }
        let oldest = rest.prefix { !later.concernsActivity(on: $0) }.last ?? newest
        let lookbackDays = models.primary.map(\.recency.lookbackDays).max() ?? 0
        return ActivitySpan(ranges[0], days: oldest...newest, lookbackDays: lookbackDays, on: connection)
    }
}

/// The scores of a day, from which what was known of its renewals follows.
private struct DayOfEvidence {
    /// A score that counts.
    private struct Scored {
        let account: Int64
        let score: Double
        let points: [String: Double]
    }

    private let wanted: [EvidenceStore.Wanted]
    private let accounts: Set<Int64>
    private var results: [Int64: (score: AccountScore, points: [String: Double])] = [:]
    private var scored: [Scored] = []

    init(_ wanted: [EvidenceStore.Wanted]) {
        self.wanted = wanted
        accounts = Set(wanted.map(\.account))
    }

    /// Takes the score of an account in.
    mutating func add(_ score: AccountScore, of model: HealthModel) {
        var points: [String: Double] = [:]
        for (driver, own) in zip(model.drivers, score.composition.points) {
            points[driver.dimension, default: 0] += own
        }
        if accounts.contains(score.accountKey) { results[score.accountKey] = (score, points) }
        if score.isScored {
            scored.append(Scored(account: score.accountKey, score: score.composition.score, points: points))
        }
    }

    /// What was known of the renewals.
    func evidence() -> [EvidenceStore.Evidence] {
        let scored = scored.sorted { $0.account < $1.account }
        var means: [String: Double] = [:]
        for entry in scored { means.merge(entry.points) { $0 + $1 } }
        means = means.mapValues { $0 / Double(scored.count) }
        let scores = ScoreDistribution(scores: scored.map(\.score))
        return wanted.map { wanted in
            let (score, points) = results[wanted.account].map { ($0.score, $0.points) } ?? (nil, [:])
            let entry = score?.contract.entries.first { $0.facts.contractID == wanted.contractID }
            let names = Set(points.keys).union(means.keys).sorted()
            let isScored = score?.isScored ?? false
            return EvidenceStore.Evidence(
                wanted: wanted, score: isScored ? score?.composition.score : nil, scores: scores, dimensions: names,
                points: names.map { points[$0] ?? 0 }, meanPoints: names.map { means[$0] ?? 0 },
                band: isScored ? score?.band ?? .unknown : .unknown, isOpen: entry != nil,
                noticeGiven: entry?.reading.state == .noticeGiven)
        }
    }
}
