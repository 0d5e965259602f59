import HaleDomain
import HaleStore
import Postgres

/// Scores some accounts for a day without storing anything.
struct AccountRescoring {
    let day: Day
    let model: HealthModel
    let figures: PortfolioFigures
    let keyFeatures: [Int64]
    let connection: Connection
    /// Accounts for which the condition of a model fails, with the reason.
    var obstacles: [Int64: String] = [:]
    /// The models in force.
    var models = ModelSet()

    /// The scores of the accounts of a range from the facts before the day; `previous` says where smoothing stood.
    func run(
        _ range: AccountRange, previous: (Int64) -> ScoreState? = { _ in nil }
    ) async throws -> [AccountScore] {
        let calendar = try await FeatureStore(connection).calendar(from: day - model.recency.lookbackDays, to: day)
        let facts = FactsQuery(
            asOf: day, previousDay: nil, modelHash: "", keyFeatures: keyFeatures, featureDays: model.breadth.windowDays)
        let measured = try await ModelStore(connection).figures(of: model, asOf: day)
        let failed = models.obstacles(measured.failures, measuring: model)
        let reading = try await ActivityReading(range, asOf: day, model: model, on: connection)
        let activity = Dictionary(uniqueKeysWithValues: reading.accounts.map { ($0.key, $0) })
        return try await facts.accounts(range, on: connection, beside: connection).map { account in
            var features = account.features
            if let known = activity[features.accountKey] {
                features.fill(from: known, portfolio: figures, calendar: calendar, asOf: day, model: model)
            }
            features.measures = measured.figures[features.accountKey] ?? []
            features.obstacle = obstacles[features.accountKey] ?? failed[features.accountKey]
            return AccountScoring.score(
                features, portfolio: figures, model: model, calendar: calendar, asOf: day,
                previous: previous(features.accountKey))
        }
    }
}
