import HaleDomain
import HaleStore
import Postgres

/// The first half of a full run: reads the usage of all accounts once, for the figures they share, and keeps it for
/// their scores.
struct PortfolioReading {
    let day: Day
    let model: HealthModel
    let calendar: BusinessCalendar
    let reader: Connection

    /// The figures of all accounts, with the usage behind them.
    func run(_ ranges: [AccountRange], keyFeatures: Int) async throws -> (
        figures: PortfolioFigures, ledger: UsageLedger
    ) {
        let store = FeatureStore(reader)
        var feeds = try await store.feeds(asOf: day)
        feeds.keyFeatures = keyFeatures
        var summary = PortfolioSummary(feeds: feeds, calendar: calendar, asOf: day, model: model)
        summary.reserve(ranges.reduce(0) { $0 + $1.accounts })
        for (score, count) in try await store.responseCounts(asOf: day) {
            summary.addResponses(score: score, count: count)
        }
        var accounts = try await usage(ranges.first)
        for index in ranges.indices {
            // The next range is read while this one is summed up.
            async let following = usage(index + 1 < ranges.count ? ranges[index + 1] : nil)
            for account in accounts {
                summary.addAccount()
                guard let usage = account.usage else { continue }
                summary.add(usage, of: account.key, startedOn: account.startedOn, country: account.country)
            }
            accounts = try await following
        }
        return (summary.figures(), summary.ledger)
    }

    private func usage(_ range: AccountRange?) async throws -> [UsageReading.Account] {
        guard let range else { return [] }
        return try await UsageReading(range, asOf: day, model: model, on: reader).accounts
    }
}
