public import HaleDomain
import HaleSQL
public import Postgres

/// An account's facts before a day, and where its smoothing stood.
public struct AccountDay: Sendable {
    /// What the score follows from.
    public let features: AccountFeatures
    /// The newest earlier stored day of the same model; nil for a first day.
    public let previous: ScoreState?
}

/// Reads what the scores of a day are computed from.
public struct FeatureStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// The feeds of all accounts together.
    public func feeds(asOf: Day) async throws -> PortfolioFeeds {
        guard
            let row = try await connection.query(Statement(SQL.Features.portfolioFeeds), [asOf.postgresDate]).first
        else { return PortfolioFeeds() }
        return PortfolioFeeds(
            usageFirstDay: try row.dayIfPresent("usage_first_day"),
            usageAgeDays: try row.decodeIfPresent("usage_age_days", as: Int32.self).map(Int.init),
            ticketAgeDays: try row.decodeIfPresent("ticket_age_days", as: Int32.self).map(Int.init),
            invoiceAgeDays: try row.decodeIfPresent("invoice_age_days", as: Int32.self).map(Int.init),
            keyFeatures: Int(try row.decode("key_features", as: Int32.self)))
    }

    /// The holidays from one day to another, both included.
    public func calendar(from first: Day, to last: Day) async throws -> BusinessCalendar {
        var holidays: [String: Set<Day>] = [:]
        let rows = try await connection.query(
            Statement(SQL.Scores.holidays), [first.postgresDate, last.postgresDate])
        for row in rows { holidays[try row.decode("country"), default: []].insert(try row.day("day")) }
        return BusinessCalendar(holidays: holidays)
    }

    /// Refuses a day on which an open contract's amount cannot be told in the reporting currency.
    public func requireRates(asOf: Day) async throws {
        let rows = try await connection.query(Statement(SQL.Scores.currenciesWithoutRate), [asOf.postgresDate])
        guard let first = rows.first else { return }
        guard try first.decodeIfPresent("reporting", as: String.self) != nil else {
            throw StoreError.noReportingCurrency(try rows.map { try $0.decode("currency") })
        }
        throw StoreError.missingRate(currency: try first.decode("currency"), day: asOf.description)
    }

    /// Every account (or the given ones) in order of its key, one after another.
    public func forEachAccount(
        asOf: Day, lookbackDays: Int, accounts: [Int64]?, modelHash: String,
        _ body: (AccountDay) throws -> Void
    ) async throws {
        let firstDay = asOf - lookbackDays
        let rows = connection.stream(
            Statement(SQL.Features.accountDay), [asOf.postgresDate, firstDay.postgresDate, accounts, modelHash])
        for try await row in rows {
            try body(try AccountDayRow(row: row, asOf: asOf, firstDay: firstDay).accountDay())
        }
    }
}

/// One row of `features/account_day`.
private struct AccountDayRow {
    let row: Row
    let asOf: Day
    let firstDay: Day

    func accountDay() throws -> AccountDay {
        let features = AccountFeatures(
            accountKey: try row.decode("account_id"), accountID: try row.decode("external_id"),
            startedOn: try row.dayIfPresent("started_on"), country: try row.decodeIfPresent("country"),
            segment: try row.decodeIfPresent("segment"), usage: try usage(),
            activePeople28d: try integer("active_people_28d"),
            seats: try row.decodeIfPresent("seats", as: Int32.self).map(Int.init),
            keyFeaturesUsed28d: try integer("key_features_used_28d"), champion: try champion(),
            responses: try responses(),
            openTickets: OpenTickets(
                priority1: try integer("open_p1"), priority2: try integer("open_p2"), priority3: try integer("open_p3")),
            overdueDays: try row.decodeIfPresent("overdue_days", as: Int32.self).map(Int.init),
            contracts: try row.contractFacts())
        return AccountDay(features: features, previous: try previous())
    }

    private func integer(_ column: String) throws -> Int { Int(try row.decode(column, as: Int32.self)) }

    /// Unpacks whole months into the days of the look-back; nil for an account that never had usage.
    private func usage() throws -> UsageSeries? {
        guard try row.decode("has_usage", as: Bool.self) else { return nil }
        let months = try row.decode("months", as: [PostgresDate].self).map { Day(daysSince2000: $0.daysSince2000) }
        let events = try row.decode("events", as: [Int32].self)
        let quantity = try row.decode("quantity", as: [Int64].self)
        let people = try row.decode("people", as: [Int32].self)
        let named = try row.decode("named_events", as: [Int32].self)
        let days = asOf - firstDay
        var series = (
            people: [Int](repeating: 0, count: days), quantity: [Int](repeating: 0, count: days),
            events: [Int](repeating: 0, count: days), named: [Int](repeating: 0, count: days)
        )
        var offset = 0
        for month in months {
            let length = month.adding(months: 1) - month
            for dayOfMonth in 0..<length {
                let index = (month + dayOfMonth) - firstDay
                guard (0..<days).contains(index) else { continue }
                series.people[index] = Int(people[offset + dayOfMonth])
                series.quantity[index] = Int(quantity[offset + dayOfMonth])
                series.events[index] = Int(events[offset + dayOfMonth])
                series.named[index] = Int(named[offset + dayOfMonth])
            }
            offset += length
        }
        return UsageSeries(
            peopleByDay: series.people, quantityByDay: series.quantity, eventsByDay: series.events,
            namedEventsByDay: series.named)
    }

    private func champion() throws -> ChampionActivity {
        guard try row.decode("has_champion", as: Bool.self) else { return .noneAssigned }
        if try row.decodeIfPresent("all_left", as: Bool.self) == true { return .allLeft }
        var days = Set(
            try row.decode("champion_contacts", as: [PostgresDate].self).map { Day(daysSince2000: $0.daysSince2000) })
        let months = try row.decode("champion_months", as: [PostgresDate].self)
        for (month, mask) in zip(months, try row.decode("champion_masks", as: [Int32].self)) {
            let first = Day(daysSince2000: month.daysSince2000)
            for bit in 0..<31 where mask & (1 << bit) != 0 { days.insert(first + bit) }
        }
        return .active(days: days.sorted())
    }

    private func responses() throws -> [NPSResponse] {
        let scores = try row.decode("nps_scores", as: [Int32].self)
        let roles = try row.decode("nps_roles", as: [String].self)
        let ages = try row.decode("nps_ages", as: [Int32].self)
        return scores.indices.map { index in
            NPSResponse(
                score: Int(scores[index]), role: PersonRole(rawValue: roles[index]) ?? .unknown,
                ageDays: Int(ages[index]))
        }
    }

    private func previous() throws -> ScoreState? {
        guard let day = try row.dayIfPresent("previous_day") else { return nil }
        return ScoreState(
            day: day,
            smoothed: SmoothedScore(
                score: try row.decode("smoothed_score"), baseline: try row.decode("smoothed_baseline"),
                clip: try row.decode("smoothed_clip"), points: try row.decode("smoothed_points")),
            computedBand: Band(rawValue: try row.decode("computed_band")) ?? .unknown,
            daysInBand: try row.decode("days_in_band"), daysOnOtherSide: try row.decode("days_on_other_side"),
            runsBelow: Int(try row.decode("runs_below", as: Int32.self)), flags: try row.riskFlags())
    }
}

extension Row {
    /// The columns that say since when each flag is on.
    func riskFlags() throws -> RiskFlags {
        RiskFlags(
            cliffSince: try dayIfPresent("cliff_since"), declineSince: try dayIfPresent("decline_since"),
            riseSince: try dayIfPresent("rise_since"), championLeftSince: try dayIfPresent("champion_left_since"),
            detractorSince: try dayIfPresent("detractor_since"))
    }

    /// The open contracts of an account, one array per term.
    func contractFacts() throws -> [ContractFacts] {
        let keys = try decode("contract_ids", as: [Int64].self)
        let names = try decode("contract_names", as: [String].self)
        let arr = try decode("contract_arr", as: [Int64].self)
        let renewsOn = try decode("contract_renews_on", as: [PostgresDate?].self)
        let evergreen = try decode("contract_evergreen", as: [Bool].self)
        let noticeDays = try decode("contract_notice_days", as: [Int32].self)
        let autoRenew = try decode("contract_auto_renew", as: [Bool].self)
        let noticeGiven = try decode("contract_notice_given", as: [Bool].self)
        let signed = try decode("contract_signed", as: [Bool].self)
        let live = try decode("contract_live", as: [Bool].self)
        return keys.indices.map { index in
            ContractFacts(
                contractKey: keys[index], contractID: names[index], arrMinor: arr[index],
                renewsOn: renewsOn[index].map { Day(daysSince2000: $0.daysSince2000) },
                isEvergreen: evergreen[index], noticeDays: Int(noticeDays[index]), autoRenew: autoRenew[index],
                noticeGiven: noticeGiven[index], signed: signed[index], isLive: live[index])
        }
    }
}
