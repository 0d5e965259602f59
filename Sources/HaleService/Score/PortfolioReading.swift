import HaleDomain
import HaleStore
import Postgres

/// The first half of a full run: reads what all accounts and their people did once, for the figures they share, and
/// keeps it for their scores.
struct PortfolioReading {
    let day: Day
    let model: HealthModel
    let calendar: BusinessCalendar
    let readers: ScoreReaders
    /// The activity of all accounts, where it was read for several days; on the first connection.
    var span: ActivitySpan?

    /// The figures of all accounts, with the activity behind them.
    struct Result: Sendable {
        let figures: PortfolioFigures
        let ledger: UsageLedger
        let keyFeatures: [Int64]
    }

    /// Reads all accounts.
    func run(_ ranges: [AccountRange]) async throws -> Result {
        if let span { return try await run(span) }
        let keyFeatures = try await FeatureStore(readers.first).keyFeatures(asOf: day)
        async let responses = FeatureStore(readers.second).responseCounts(asOf: day)
        var feeds = try await FeatureStore(readers.first).feeds(asOf: day, deadDays: model.feeds.deadDays)
        feeds.keyFeatures = keyFeatures.count
        var summary = PortfolioSummary(feeds: feeds, calendar: calendar, asOf: day, model: model)
        summary.reserve(ranges.reduce(0) { $0 + $1.accounts })
        for (score, count) in try await responses {
            summary.addResponses(score: score, count: count)
        }
        let peers = try await peers()
        var accounts = try await activity(ranges[...].prefix(2))
        for index in stride(from: 0, to: ranges.count, by: 2) {
            // The next two ranges are read while these are summed up.
            async let following = activity(ranges.dropFirst(index + 2).prefix(2))
            for account in accounts { summary.add(account, peers) }
            accounts = try await following
        }
        return Result(figures: summary.figures(), ledger: summary.ledger, keyFeatures: keyFeatures)
    }

    /// The same of a span, which leaves little to read. What is planned for its day runs on the second connection.
    private func run(_ span: ActivitySpan) async throws -> Result {
        async let known = feeds()
        let responses = try await FeatureStore(readers.first).responseCounts(asOf: day)
        let reading = try await ActivityReading(span, asOf: day, model: model, on: readers.first)
        let (feeds, keyFeatures) = try await known
        let peers = try await peers()
        var summary = PortfolioSummary(feeds: feeds, calendar: calendar, asOf: day, model: model)
        summary.reserve(span.range.accounts)
        for (score, count) in responses { summary.addResponses(score: score, count: count) }
        for account in reading.accounts { summary.add(account, peers) }
        return Result(figures: summary.figures(), ledger: summary.ledger, keyFeatures: keyFeatures)
    }

    /// What the peers of accounts are found by; empty where the model compares no levels.
    private func peers() async throws -> [Int64: PeerTraits] {
        guard model.position(of: .level) != nil else { return [:] }
        return try await FeatureStore(readers.second).peers(asOf: day)
    }

    private func feeds() async throws -> (feeds: PortfolioFeeds, keyFeatures: [Int64]) {
        let store = FeatureStore(readers.second)
        let keyFeatures = try await store.keyFeatures(asOf: day)
        var feeds = try await store.feeds(asOf: day, deadDays: model.feeds.deadDays)
        feeds.keyFeatures = keyFeatures.count
        return (feeds, keyFeatures)
    }

    /// Of two ranges, each on a connection of its own.
    private func activity(_ ranges: ArraySlice<AccountRange>) async throws -> [AccountActivity] {
        async let other = activity(ranges.dropFirst().first, on: readers.second)
        let first = try await activity(ranges.first, on: readers.first)
        return first + (try await other)
    }

    private func activity(_ range: AccountRange?, on connection: Connection) async throws -> [AccountActivity] {
        guard let range else { return [] }
        return try await ActivityReading(range, asOf: day, model: model, on: connection).accounts
    }
}

extension PortfolioSummary {
    /// Adds an account with what its peers are found by.
    fileprivate mutating func add(_ account: AccountActivity, _ peers: [Int64: PeerTraits]) {
        var account = account
        account.peerTraits = peers[account.key]
        add(account)
    }
}
