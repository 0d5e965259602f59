package import HaleDomain
import HaleSQL
package import Postgres

/// Reads what the scores of a day are computed from and what concerns all accounts.
package struct FeatureStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The feeds of all accounts together, but for the key features.
    package func feeds(asOf: Day, deadDays: Int) async throws -> PortfolioFeeds {
        guard
            let row = try await connection.query(
                Statement(SQL.Features.portfolioFeeds), [asOf.postgresDate, Int32(deadDays)]
            ).first
        else { return PortfolioFeeds() }
        return PortfolioFeeds(
            usageFirstDay: try row.dayIfPresent("usage_first_day"),
            usageAgeDays: try row.decodeIfPresent("usage_age_days", as: Int32.self).map(Int.init),
            ticketAgeDays: try row.decodeIfPresent("ticket_age_days", as: Int32.self).map(Int.init),
            invoiceAgeDays: try row.decodeIfPresent("invoice_age_days", as: Int32.self).map(Int.init))
    }

    /// The key features on a day.
    package func keyFeatures(asOf: Day) async throws -> [Int64] {
        try await connection.query(Statement(SQL.Features.keyFeatures), [asOf.postgresDate])
            .map { try $0.decode("feature_id") }
    }

    /// How often each score is the newest response of a respondent.
    package func responseCounts(asOf: Day) async throws -> [(score: Int, responses: Int)] {
        try await connection.query(Statement(SQL.Features.responseCounts), [asOf.postgresDate]).map { row in
            (Int(try row.decode("score", as: Int16.self)), Int(try row.decode("responses", as: Int64.self)))
        }
    }

    /// What the accounts' levels of use are compared by, by the account's key.
    package func peers(asOf: Day) async throws -> [Int64: PeerTraits] {
        let table = try await connection.table(Statement(SQL.Features.peers), [asOf.postgresDate])
        let key = try table.integers("account_id")
        let segment = try table.texts("segment")
        let seats = try table.integers("seats")
        return Dictionary(
            uniqueKeysWithValues: (0..<table.count).map { row in
                (Int64(key[row] ?? 0), PeerTraits(segment: segment[row], seats: seats[row]))
            })
    }

    /// The holidays from one day to another, both included.
    package func calendar(from first: Day, to last: Day) async throws -> BusinessCalendar {
        var holidays: [String: Set<Day>] = [:]
        let rows = try await connection.query(
            Statement(SQL.Score.holidays), [first.postgresDate, last.postgresDate])
        for row in rows { holidays[try row.decode("country"), default: []].insert(try row.day("day")) }
        return BusinessCalendar(holidays: holidays)
    }

    /// How many of some days, in order, come before one on which an open contract's amount cannot be told in the
    /// reporting currency; throws where that is the first of them.
    package func daysWithRates(_ days: [Day]) async throws -> Int {
        let rows = try await connection.query(
            Statement(SQL.Score.currenciesWithoutRate), [days.map(\.postgresDate)])
        guard let first = rows.first else { return days.count }
        let day = try first.day("day")
        if let known = days.firstIndex(of: day), known > 0 { return known }
        let currencies = try rows.filter { try $0.day("day") == day }.map { try $0.decode("currency", as: String.self) }
        guard try first.decodeIfPresent("reporting", as: String.self) != nil else {
            throw StoreError.noReportingCurrency(currencies)
        }
        throw StoreError.missingRate(currency: currencies[0], day: day.description)
    }

    /// All accounts, cut into ranges.
    package func ranges() async throws -> [AccountRange] {
        try await connection.query(
            Statement(SQL.Features.accountRanges), [Int64(AccountRange.accountsPerRange)]
        ).map { row in
            AccountRange(
                first: try row.decode("first_account"), last: try row.decode("last_account"),
                accounts: Int(try row.decode("accounts", as: Int64.self)))
        }
    }
}
