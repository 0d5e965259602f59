import HaleDomain
import HaleStore
import Postgres

/// Scores the whole portfolio on a day in memory, as on a first day: nothing is smoothed and nothing is written.
struct PortfolioTrial {
    /// The score of one account.
    struct Result: Sendable {
        let account: Int64
        let accountID: String
        /// Position of the model in the set.
        let model: Int
        let score: Double
        let coverage: Double
        let isScored: Bool
        let band: Band
        let flags: RiskFlags
        let computedBand: Band
        let low: Double
        let high: Double
        let readings: [DriverReading]
        /// In the order of `ScoreFact.allCases`.
        let facts: [Double?]
        let arrMinor: Int64
    }

    let day: Day
    let models: ModelSet
    let reader: Connection
    let secondReader: Connection

    /// The scores of all accounts, in order of their keys.
    func run() async throws -> [Result] {
        var results: [Result] = []
        let shares = try await models.shares(asOf: day, on: reader).filter { !$0.model.isBeside }
        for (index, share) in shares.enumerated() { try await score(share, index: index, into: &results) }
        return results.sorted { $0.account < $1.account }
    }

    private func score(_ share: ModelShare, index: Int, into results: inout [Result]) async throws {
        let model = share.model
        let features = FeatureStore(reader)
        let ranges = try await features.ranges()
        let calendar = try await features.calendar(from: day - model.recency.lookbackDays, to: day)
        let portfolio = try await PortfolioReading(
            day: day, model: model, calendar: calendar, reader: reader, secondReader: secondReader
        ).run(ranges)
        let facts = FactsQuery(
            asOf: day, previousDay: nil, modelHash: "", keyFeatures: portfolio.keyFeatures,
            featureDays: model.breadth.windowDays)
        let measured = try await ModelStore(reader).figures(of: model, asOf: day)
        let scoring = ScoreWriting(
            figures: portfolio.figures, calendar: calendar, model: model, facts: facts, measures: measured.figures,
            obstacles: share.obstacles.merging(models.obstacles(measured.failures, measuring: model)) { own, _ in own },
            reader: reader,
            secondReader: secondReader, ledger: portfolio.ledger)
        var own: [Result] = []
        try await scoring.forEach(share.accounts.map(AccountRange.ranges) ?? ranges) { score in
            own.append(
                Result(
                    account: score.accountKey, accountID: score.accountID, model: index,
                    score: score.composition.score, coverage: score.composition.coverage, isScored: score.isScored,
                    band: score.band, flags: score.flags, computedBand: score.computedBand,
                    low: score.composition.low, high: score.composition.high, readings: score.readings,
                    facts: score.facts,
                    arrMinor: score.contract.arrMinor))
        }
        results += own
    }
}
