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
        // A model beside decides nothing, so nothing would have been known of it.
        for share in try await models.shares(asOf: day, on: connection) where !share.model.isBeside {
            let model = share.model
            let calendar = try await FeatureStore(connection).calendar(
                from: day - model.recency.lookbackDays, to: day)
            let portfolio = try await PortfolioReading(
                day: day, model: model, calendar: calendar, reader: connection, secondReader: connection
            )
            .run(ranges)
            let rescoring = AccountRescoring(
                day: day, model: model, figures: portfolio.figures, keyFeatures: portfolio.keyFeatures,
                connection: connection, obstacles: share.obstacles, models: models)
            for range in share.accounts.map(AccountRange.ranges) ?? ranges {
                results += try await rescoring.run(range) { states[$0] }.map { Result(model: model, score: $0) }
            }
        }
        return results
    }
}
