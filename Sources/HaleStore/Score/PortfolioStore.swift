package import HaleDomain
import HaleSQL
package import Postgres

/// Keeps the figures of all accounts together, day by day.
package struct PortfolioStore: Sendable {
    /// The stored figures of a day.
    package struct Stored: Sendable {
        package let figures: PortfolioFigures
        package let keyFeatures: [Int64]
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The stored figures of a day; nil where there are none.
    package func figures(on day: Day, modelHash: String) async throws -> Stored? {
        let rows = try await connection.query(Statement(SQL.Score.portfolio), [day.postgresDate, modelHash])
        guard let row = rows.first else { return nil }
        let shares = try row.decode("nps_shares", as: [Double].self)
        guard shares.count == 3 else { throw StoreError.unreadableRow("portfolio_day has \(shares.count) NPS shares") }
        let feeds = PortfolioFeeds(
            usageFirstDay: try row.dayIfPresent("usage_first_day"),
            usageAgeDays: try row.decodeIfPresent("usage_age_days", as: Int.self),
            ticketAgeDays: try row.decodeIfPresent("ticket_age_days", as: Int.self),
            invoiceAgeDays: try row.decodeIfPresent("invoice_age_days", as: Int.self),
            keyFeatures: Int(try row.decode("key_features", as: Int32.self)))
        let figures = PortfolioFigures(
            accounts: Int(try row.decode("accounts", as: Int32.self)), weekIndex: try row.decode("week_index"),
            dispersion: try row.decode("dispersion"), weekendWeight: try row.decode("weekend_weight"),
            slowRatio: try row.decode("slow_ratio"), fastRatio: try row.decode("fast_ratio"),
            isOutage: try row.decode("is_outage"),
            npsShares: NPSShares(promoters: shares[0], passives: shares[1], detractors: shares[2]),
            npsResponses: Int(try row.decode("nps_responses", as: Int32.self)), feeds: feeds,
            peerLevels: try Self.peerLevels(row))
        return Stored(figures: figures, keyFeatures: try row.decode("key_feature_ids"))
    }

    /// The groups are those of parallel arrays; an empty text stands for all.
    private static func peerLevels(_ row: Row) throws -> PeerLevels {
        let bases = try row.decode("level_bases", as: [PeerGroup.Basis].self)
        let ages = try row.decode("level_ages", as: [String].self)
        let segments = try row.decode("level_segments", as: [String].self)
        let accounts = try row.decode("level_accounts", as: [Int32].self)
        let medians = try row.decode("level_medians", as: [Double].self)
        let deviations = try row.decode("level_deviations", as: [Double].self)
        let counts = [ages.count, segments.count, accounts.count, medians.count, deviations.count]
        guard counts.allSatisfy({ $0 == bases.count }) else {
            throw StoreError.unreadableRow("portfolio_day has levels of different lengths")
        }
        var levels: [PeerGroup: PeerLevel] = [:]
        for index in bases.indices {
            let age = PeerGroup.AgeClass(rawValue: ages[index])
            guard age != nil || ages[index].isEmpty else {
                throw StoreError.unreadableRow("level_ages of portfolio_day says \"\(ages[index])\"")
            }
            let group = PeerGroup(
                basis: bases[index], ageClass: age,
                segment: segments[index].isEmpty ? nil : segments[index])
            levels[group] = PeerLevel(
                accounts: Int(accounts[index]), median: medians[index], deviation: deviations[index])
        }
        return PeerLevels(levels)
    }

    /// Stores the figures of a day, the feeds that are stale on it, and mean and deviation of its scores.
    package func store(
        _ figures: PortfolioFigures, keyFeatures: [Int64], day: Day, modelHash: String, mean: Double?,
        deviation: Double?, scored: Int, stale: [PortfolioFeeds.Stale]
    ) async throws {
        let shares = figures.npsShares
        let levels = figures.peerLevels.levels.sorted {
            ($0.key.basis.rawValue, $0.key.ageClass?.rawValue ?? "", $0.key.segment ?? "")
                < ($1.key.basis.rawValue, $1.key.ageClass?.rawValue ?? "", $1.key.segment ?? "")
        }
        _ = try await connection.execute(
            Statement(SQL.Score.storePortfolio),
            [
                day.postgresDate, modelHash, Int32(figures.accounts), figures.weekIndex, figures.dispersion,
                figures.weekendWeight, figures.slowRatio, figures.fastRatio, figures.isOutage,
                [shares.promoters, shares.passives, shares.detractors], Int32(figures.npsResponses),
                Int32(figures.feeds.keyFeatures), figures.feeds.usageFirstDay?.postgresDate,
                figures.feeds.usageAgeDays.map { Int32($0) }, figures.feeds.ticketAgeDays.map { Int32($0) },
                figures.feeds.invoiceAgeDays.map { Int32($0) }, mean, deviation, Int32(scored), keyFeatures,
                stale.first?.since.postgresDate, stale.map(\.kind), levels.map(\.key.basis),
                levels.map { $0.key.ageClass?.rawValue ?? "" }, levels.map { $0.key.segment ?? "" },
                levels.map { Int32($0.value.accounts) }, levels.map(\.value.median),
                levels.map(\.value.deviation),
            ])
    }
}
