package import HaleDomain
import HaleSQL
package import Postgres

/// Reads the renewals of a day, and keeps forecasts.
package struct ForecastStore: Sendable {
    /// A renewal that somebody spoke of.
    package struct Entered: Sendable, Hashable {
        package let renewal: ForecastRenewal
        /// The reporting currency.
        package let currency: String
    }

    /// A frozen forecast of a period that is over.
    package struct Judged: Sendable, Hashable {
        /// The forecast with what came of it.
        package let outcome: ForecastAccuracy.Outcome
        /// Its renewals that are not decided yet; while there are any it is not judged.
        package let undecided: Int
        package let currency: String?
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The open renewals of a day that are due in a period, or ever, in order of their dates; refused where an amount has
    /// no exchange rate. `unknown` counts those that no probability is known of yet.
    package func renewals(
        asOf day: Day, in period: CalendarPeriod? = nil
    ) async throws -> (renewals: [ForecastRenewal], unknown: Int) {
        let rows = try await connection.query(
            Statement(SQL.Forecast.renewals),
            [day.postgresDate, period?.first.postgresDate, period?.before.postgresDate])
        let renewals = try rows.compactMap { try Self.renewal($0, asOf: day) }
        return (renewals, rows.count - renewals.count)
    }

    /// The open renewals of a day with no more than what they come to: amounts, chances, and what people said. A book of
    /// 100,000 contracts is read in a second.
    package func amounts(asOf day: Day) async throws -> [ForecastRenewal] {
        let table = try await connection.table(Statement(SQL.Forecast.amounts), [day.postgresDate])
        let renewsOn = try table.dates("renews_on")
        let arr = try table.integers("arr_minor")
        let currency = try table.texts("currency")
        let probability = try table.doubles("probability")
        let isSigned = try table.booleans("is_signed")
        let said = try table.integers("said_minor")
        return try (0..<table.count).compactMap { row -> ForecastRenewal? in
            guard let chance = probability[row] else { return nil }
            guard let minor = arr[row] else { throw Self.noRate(of: currency[row] ?? "", on: day) }
            return ForecastRenewal(
                contractID: "", accountID: "", arrMinor: Int64(minor),
                renewsOn: renewsOn[row].map { Day(daysSince2000: $0) },
                renewal: RenewalProbability(
                    probability: chance, basis: isSigned[row] == true ? .signed : .assumed, decidedRenewals: 0),
                human: said[row].map { HumanForecast(amountMinor: Int64($0), category: nil, by: "") })
        }
    }

    /// How many contracts are known, open or not.
    package func contractCount() async throws -> Int {
        guard let row = try await connection.query(Statement(SQL.Forecast.contractCount)).first else { return 0 }
        return Int(try row.decode("contracts", as: Int64.self))
    }

    private static func noRate(of currency: String, on day: Day) -> StoreError {
        .refused("no exchange rate of \(currency) is known on \(day): hale import fx_rates")
    }

    /// The renewals due in a period that were decided up to a day, and after another one if it is given.
    package func decided(asOf day: Day, in period: CalendarPeriod, after: Day? = nil) async throws -> [DecidedContract]
    {
        let rows = try await connection.query(
            Statement(SQL.Forecast.decided),
            [day.postgresDate, period.first.postgresDate, period.before.postgresDate, after?.postgresDate])
        try await MissingRate(connection: connection).refuse(rows, without: "arr_minor", on: [day], last: day)
        return try rows.map { row in
            DecidedContract(
                contractID: try row.decode("contract_id"), accountID: try row.decode("account_id"),
                account: try row.decode("account"), segment: try row.decodeIfPresent("segment"),
                csm: try row.decodeIfPresent("csm"), renewalOn: try row.day("renewal_on"),
                decidedOn: try row.day("decided_on"),
                isRenewed: try row.decode("outcome", as: RenewalOutcome.self) == .renewed,
                arrMinor: try row.decodeIfPresent("arr_minor") ?? 0)
        }
    }

    /// Keeps what somebody says of the next renewal of a contract; nil where it is not open or has no renewal date.
    package func enter(
        _ said: HumanForecast, of contract: String, asOf day: Day, currency: String?
    ) async throws -> Entered? {
        let rows = try await connection.query(
            Statement(SQL.Forecast.enter),
            [
                contract, day.postgresDate, said.amountMinor, currency, said.category, said.note, said.by,
            ])
        guard let row = rows.first else { return nil }
        try await MissingRate(connection: connection)
            .refuse(rows, without: "reporting_arr_minor", on: [day], last: day)
        let renewal = ForecastRenewal(
            contractID: try row.decode("contract_id"), accountID: try row.decode("account_id"),
            account: try row.decode("account"), arrMinor: try row.decodeIfPresent("reporting_arr_minor") ?? 0,
            renewsOn: try row.day("renews_on"),
            renewal: try Self.probability(row)
                ?? RenewalProbability(
                    probability: 0, basis: .assumed, decidedRenewals: 0),
            human: said)
        return Entered(renewal: renewal, currency: try row.decodeIfPresent("reporting_currency") ?? "")
    }

    /// Whether amounts of a currency can be told in the reporting currency on a day.
    package func knowsRate(of currency: String, on day: Day) async throws -> Bool {
        try await connection.query(Statement(SQL.Forecast.knowsRate), [currency, day.postgresDate]).first?
            .decode("is_known") ?? false
    }

    /// An amount in minor units, written in major ones; nil for what is none or is below 0.
    package func minor(_ text: String, currency: String) async throws -> Int64? {
        let digits = text.utf8.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard digits.allSatisfy({ $0 }), (1...2).contains(parts.count),
            parts.allSatisfy({ (1...12).contains($0.count) })
        else { return nil }
        return try await connection.query(Statement(SQL.Forecast.minor), [text, currency]).first?
            .decodeIfPresent("minor")
    }

    /// Stores the forecast of a day.
    package func store(_ periods: [PeriodForecast], asOf day: Day, currency: String?) async throws {
        func amounts(_ value: (PeriodForecast) -> Double) -> [Int64] { periods.map { Int64(value($0).rounded()) } }
        let keys: [(any PostgresEncodable)?] = [
            day.postgresDate, periods.map(\.period.description), periods.map(\.period.first.postgresDate),
            periods.map(\.period.before.postgresDate), currency, periods.map { Int32($0.outlook.contracts) },
        ]
        let model: [(any PostgresEncodable)?] = [
            periods.map(\.outlook.arrMinor), periods.map { $0.outlook.arrByCategory[.closed] ?? 0 },
            amounts(\.outlook.expectedMinor), amounts(\.outlook.quantilesMinor.p10),
            amounts(\.outlook.quantilesMinor.p50), amounts(\.outlook.quantilesMinor.p90),
        ]
        let human: [(any PostgresEncodable)?] = [
            periods.map(\.human?.saidMinor), periods.map { Int32($0.human?.contracts ?? 0) },
        ]
        _ = try await connection.execute(Statement(SQL.Forecast.storeSnapshot), keys + model + human)
    }

    /// Freezes the stored forecast of a day with its renewals; returns how many of each are frozen now, none where they
    /// were frozen before.
    package func freeze(_ day: Day) async throws -> (periods: Int, renewals: Int) {
        guard let row = try await connection.query(Statement(SQL.Forecast.freeze), [day.postgresDate]).first else {
            return (0, 0)
        }
        return (
            Int(try row.decode("periods", as: Int64.self)), Int(try row.decode("renewals", as: Int64.self))
        )
    }

    /// When the newest frozen forecast of some days was frozen, in UTC; nil where none was.
    package func frozenAt(_ days: ClosedRange<Day>) async throws -> String? {
        try await connection.query(
            Statement(SQL.Forecast.frozenOn), [days.lowerBound.postgresDate, days.upperBound.postgresDate]
        ).first?.decodeIfPresent("frozen_at")
    }

    /// The frozen forecasts of periods that were over on a day.
    package func judged(asOf day: Day) async throws -> [Judged] {
        try await connection.query(Statement(SQL.Forecast.outcomes), [day.postgresDate]).map { row in
            let said = try row.decodeIfPresent("human_minor", as: Int64.self)
            let human = try said.map { said in
                ForecastAccuracy.HumanComparison(
                    saidMinor: said, modelMinor: try row.decode("human_model_minor"),
                    actualMinor: try row.decode("human_actual_minor"),
                    contracts: Int(try row.decode("human_contracts", as: Int64.self)))
            }
            let name = try row.decode("period", as: String.self)
            let (first, before) = (try row.day("first_on"), try row.day("before_on"))
            let period = CalendarPeriod(name) ?? CalendarPeriod(from: first, before: before)
            return Judged(
                outcome: ForecastAccuracy.Outcome(
                    day: try row.day("day"), period: period,
                    contracts: Int(try row.decode("contracts", as: Int32.self)),
                    expectedMinor: Double(try row.decode("expected_minor", as: Int64.self)),
                    p10Minor: try row.decode("p10_minor"), p90Minor: try row.decode("p90_minor"),
                    actualMinor: try row.decode("actual_minor"), human: human),
                undecided: Int(try row.decode("undecided", as: Int64.self)),
                currency: try row.decodeIfPresent("currency"))
        }
    }

    private static func renewal(_ row: Row, asOf day: Day) throws -> ForecastRenewal? {
        guard let renewal = try probability(row) else { return nil }
        guard let arr = try row.decodeIfPresent("reporting_arr_minor", as: Int64.self) else {
            throw noRate(of: try row.decode("currency"), on: day)
        }
        let by = try row.decodeIfPresent("forecast_by", as: String.self)
        let human = try by.map { by in
            HumanForecast(
                amountMinor: try row.decodeIfPresent("forecast_arr_minor"),
                category: try row.decodeIfPresent("forecast_category"), by: by,
                note: try row.decodeIfPresent("forecast_note"))
        }
        var logOdds: RenewalLogOdds?
        if let base = try row.decodeIfPresent("base_log_odds", as: Double.self),
            let score = try row.decodeIfPresent("score_log_odds", as: Double.self)
        {
            logOdds = RenewalLogOdds(base: base, score: score)
        }
        return ForecastRenewal(
            contractID: try row.decode("contract_id"), accountID: try row.decode("account_id"),
            account: try row.decode("account"), segment: try row.decodeIfPresent("segment"),
            csm: try row.decodeIfPresent("csm"), arrMinor: arr, renewsOn: try row.day("renews_on"),
            decisionOn: try row.day("decision_on"), renewal: renewal, logOdds: logOdds,
            renewalNumber: Int(try row.decode("renewal_number", as: Int32.self)),
            score: try row.decodeIfPresent("score"), human: human)
    }

    private static func probability(_ row: Row) throws -> RenewalProbability? {
        guard let probability = try row.decodeIfPresent("probability", as: Double.self),
            let basis = try row.decodeIfPresent("basis", as: ProbabilityBasis.self)
        else { return nil }
        return RenewalProbability(
            probability: probability, basis: basis,
            decidedRenewals: Int(try row.decodeIfPresent("decided_renewals", as: Int32.self) ?? 0))
    }
}
