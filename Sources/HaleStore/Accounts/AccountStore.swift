package import HaleDomain
import HaleSQL
package import Postgres

/// The absence in which an account is looked after by another than its own CSM.
package struct AccountCover: Sendable, Equatable {
    /// E-mail of the account's own CSM.
    package let csm: String
    /// The last day of it.
    package let untilOn: Day
}

/// An account on a day: facts, and its score where the day was scored.
package struct AccountHealth: Sendable, Equatable {
    /// The account's id as imported.
    package let accountID: String
    package let name: String
    package let segment: String?
    /// E-mail of the responsible CSM: of who covers, while somebody does.
    package let csm: String?
    /// Whom that CSM covers for, and until when.
    package let cover: AccountCover?
    /// ARR of the live contracts in minor units of `currency`; nil where an amount of it has no exchange rate.
    package let arrMinor: Int64?
    /// Why it is not known: the currencies without a rate, and the day.
    package let arrNote: String?
    /// The reporting currency.
    package let currency: String?
    /// Seats bought.
    package let seats: Int64?
    package let liveContracts: Int
    /// The earliest next renewal among them.
    package let renewsOn: Day?
    package let daysToRenewal: Int?
    /// State of the open contract that stands worst.
    package let contractState: ContractState
    /// Usage rows in 28 days.
    package let events28d: Int64
    /// Their quantity.
    package let quantity28d: Int64
    /// Usage rows in the 28 days before those.
    package let priorEvents28d: Int64
    /// Days with usage among 28.
    package let activeDays28d: Int
    /// People with usage in 28 days.
    package let activePeople28d: Int
    /// The last day with usage.
    package let lastActiveOn: Day?
    /// Net promoter score of the newest responses of all respondents, -100 to 100.
    package let nps: Double?
    /// Expected NPS, drawn towards the portfolio's, -100 to 100.
    package let npsEstimate: Double?
    /// Lower end of its 90 % interval.
    package let npsEstimateLow90: Double?
    /// Upper end of its 90 % interval.
    package let npsEstimateHigh90: Double?
    /// Respondents.
    package let npsResponses: Int
    package let openTickets: Int
    /// Score, 0 to 100.
    package let score: Double?
    package let smoothedScore: Double?
    /// Band after caps and as people set it.
    package let band: Band?
    /// Band before caps and overrides.
    package let computedBand: Band?
    /// Why they differ.
    package let reasons: [BandReason]?
    /// Share of the weight that has data.
    package let coverage: Double?
    /// Change of the smoothed score in seven days.
    package let scoreChange7d: Double?
    /// The band that somebody set for the day.
    package let override: BandOverride?
    /// Since when a feed of the score does not count in full; nil where all do.
    package let staleSince: Day?
    /// Smoothed scores of the days before, oldest first.
    package let history: [Double]
}

/// Reads accounts for people to look at.
package struct AccountStore: Sendable {
    package let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Today in the organisation's time zone.
    package func today() async throws -> Day {
        guard let row = try await connection.query(Statement(SQL.Server.today)).first else {
            throw StoreError.unreadableRow("the database does not say what day it is")
        }
        return try row.day("today")
    }

    /// Accounts on a day; all, or the given ones.
    package func health(asOf day: Day, accounts: [String]? = nil, historyDays: Int = 60) async throws -> [AccountHealth]
    {
        let rows = try await connection.query(
            Statement(SQL.Accounts.health), [day.postgresDate, accounts, Int32(historyDays)])
        return try rows.map(Self.health)
    }

    /// What explains an account's score on a day; nil where it was not scored.
    package func explanation(of account: String, asOf day: Day) async throws -> ScoreExplanation? {
        guard
            let row = try await connection.query(Statement(SQL.Accounts.score), [day.postgresDate, account]).first
        else { return nil }
        return try ScoreExplanation(row)
    }

    /// The stored scores of an account in some days up to a day, oldest first.
    package func history(of account: String, upTo day: Day, days: Int) async throws -> [ScoredDay] {
        try await connection.query(Statement(SQL.Accounts.scoreHistory), [day.postgresDate, account, Int32(days)])
            .map(ScoredDay.init)
    }

    /// The newest day up to a day on which an account was scored; nil where there is none.
    package func scoredDay(of account: String, upTo day: Day) async throws -> Day? {
        try await connection.query(Statement(SQL.Accounts.scoredDay), [day.postgresDate, account]).first?
            .dayIfPresent("day")
    }

    private static func override(_ row: Row) throws -> BandOverride? {
        guard let band = try row.decodeIfPresent("override_band", as: Band.self),
            let from = try row.dayIfPresent("override_from"), let until = try row.dayIfPresent("override_until"),
            let reason = try row.decodeIfPresent("override_reason", as: String.self),
            let person = try row.decodeIfPresent("override_by", as: String.self)
        else { return nil }
        return BandOverride(band: band, startsOn: from, untilOn: until, reason: reason, setBy: person)
    }

    private static func cover(_ row: Row) throws -> AccountCover? {
        guard let csm = try row.decodeIfPresent("covered_csm", as: String.self),
            let until = try row.dayIfPresent("covered_until")
        else { return nil }
        return AccountCover(csm: csm, untilOn: until)
    }

    private static func health(_ row: Row) throws -> AccountHealth {
        func integer(_ column: String) throws -> Int { Int(try row.decode(column, as: Int32.self)) }
        return AccountHealth(
            accountID: try row.decode("account_id"), name: try row.decode("name"),
            segment: try row.decodeIfPresent("segment"), csm: try row.decodeIfPresent("csm"),
            cover: try cover(row),
            arrMinor: try row.decodeIfPresent("arr_minor"), arrNote: try row.decodeIfPresent("arr_note"),
            currency: try row.decodeIfPresent("currency"),
            seats: try row.decodeIfPresent("seats"), liveContracts: try integer("live_contracts"),
            renewsOn: try row.dayIfPresent("renews_on"),
            daysToRenewal: try row.decodeIfPresent("days_to_renewal", as: Int32.self).map(Int.init),
            contractState: try row.decode("contract_state"), events28d: try row.decode("events_28d"),
            quantity28d: try row.decode("quantity_28d"), priorEvents28d: try row.decode("prior_events_28d"),
            activeDays28d: try integer("active_days_28d"), activePeople28d: try integer("active_people_28d"),
            lastActiveOn: try row.dayIfPresent("last_active_on"), nps: try row.decodeIfPresent("nps"),
            npsEstimate: try row.decodeIfPresent("nps_estimate"),
            npsEstimateLow90: try row.decodeIfPresent("nps_estimate_low_90"),
            npsEstimateHigh90: try row.decodeIfPresent("nps_estimate_high_90"),
            npsResponses: try integer("nps_responses"), openTickets: try integer("open_tickets"),
            score: try row.decodeIfPresent("score"), smoothedScore: try row.decodeIfPresent("smoothed_score"),
            band: try row.decodeIfPresent("band"), computedBand: try row.decodeIfPresent("computed_band"),
            reasons: try row.decodeIfPresent("reasons"), coverage: try row.decodeIfPresent("coverage"),
            scoreChange7d: try row.decodeIfPresent("score_change_7d"), override: try override(row),
            staleSince: try row.dayIfPresent("stale_since"),
            history: try row.decode("history"))
    }
}
