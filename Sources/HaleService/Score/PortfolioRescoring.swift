import HaleDomain
import HaleStore
import Postgres

/// Scores all accounts on a day from the facts that the transaction sees, and stores nothing.
struct PortfolioRescoring {
    /// A score with the model that made it.
    struct Result {
        let model: HealthModel
        let score: AccountScore
    }

    let models: ModelSet
    let ranges: [AccountRange]
    let connection: Connection

    /// The scores of a day; `states` says where smoothing stood, for those accounts that are to be smoothed.
    func run(_ day: Day, states: [Int64: ScoreState] = [:]) async throws -> [Result] {
        var results: [Result] = []
        try await forEach(day, states: states) { results.append(Result(model: $0, score: $1)) }
        return results
    }

    /// Hands out the scores of a day, account by account; `span` is what accounts did, where it was read for several days.
    func forEach(
        _ day: Day, states: [Int64: ScoreState] = [:], span: ActivitySpan? = nil,
        _ body: (HealthModel, AccountScore) -> Void
    ) async throws {
        // A model beside decides nothing, so nothing would have been known of it.
        for share in try await models.shares(asOf: day, on: connection) where !share.model.isBeside {
            let model = share.model
            let calendar = try await FeatureStore(connection).calendar(
                from: day - model.recency.lookbackDays, to: day)
            let portfolio = try await PortfolioReading(
                day: day, model: model, calendar: calendar, reader: connection, secondReader: connection, span: span
            )
            .run(ranges)
            let facts = FactsQuery(
                asOf: day, previousDay: nil, modelHash: "", keyFeatures: portfolio.keyFeatures,
                featureDays: model.breadth.windowDays)
            let measured = try await ModelStore(connection).figures(of: model, asOf: day)
            let failed = models.obstacles(measured.failures, measuring: model)
            var scoring = ScoreWriting(
                figures: portfolio.figures, calendar: calendar, model: model, facts: facts,
                measures: measured.figures, obstacles: share.obstacles.merging(failed) { own, _ in own },
                reader: connection, secondReader: connection, ledger: portfolio.ledger)
            scoring.carried = states
            try await scoring.forEach(share.accounts.map(AccountRange.ranges) ?? ranges) { body(model, $0) }
        }
    }
}
