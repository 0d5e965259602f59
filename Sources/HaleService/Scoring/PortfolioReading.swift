import HaleDomain
import HaleStore
import Postgres

/// The first half of a full run: reads what all accounts and their people did once, for the figures they share, and
/// keeps it for their scores.
struct PortfolioReading {
    let day: Day
    let model: HealthModel
    let calendar: BusinessCalendar
    let reader: Connection
    /// Sees what `reader` sees.
    let secondReader: Connection
    /// The activity of all accounts, where it was read for several days; on `reader`.
    var span: ActivitySpan?

    /// The figures of all accounts, with the activity behind them.
    func run(_ ranges: [AccountRange], keyFeatures: Int) async throws -> (
        figures: PortfolioFigures, ledger: UsageLedger
    ) {
        async let responses = FeatureStore(secondReader).responseCounts(asOf: day)
        var feeds = try await FeatureStore(reader).feeds(asOf: day)
        feeds.keyFeatures = keyFeatures
        var summary = PortfolioSummary(feeds: feeds, calendar: calendar, asOf: day, model: model)
        summary.reserve(ranges.reduce(0) { $0 + $1.accounts })
        for (score, count) in try await responses {
            summary.addResponses(score: score, count: count)
        }
        if let span {
            let reading = try await ActivityReading(span, asOf: day, model: model, on: reader)
            for account in reading.accounts { summary.add(account) }
            return (summary.figures(), summary.ledger)
        }
        var accounts = try await activity(ranges[...].prefix(2))
        for index in stride(from: 0, to: ranges.count, by: 2) {
            // The next two ranges are read while these are summed up.
            async let following = activity(ranges.dropFirst(index + 2).prefix(2))
            for account in accounts { summary.add(account) }
            accounts = try await following
        }
        return (summary.figures(), summary.ledger)
    }

    /// Of two ranges, each on a connection of its own.
    private func activity(_ ranges: ArraySlice<AccountRange>) async throws -> [AccountActivity] {
        async let other = activity(ranges.dropFirst().first, on: secondReader)
        let first = try await activity(ranges.first, on: reader)
        return first + (try await other)
    }

    private func activity(_ range: AccountRange?, on connection: Connection) async throws -> [AccountActivity] {
        guard let range else { return [] }
        return try await ActivityReading(range, asOf: day, model: model, on: connection).accounts
    }
}
