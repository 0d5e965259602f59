package import HaleDomain
import HaleSQL
package import Postgres

/// A setting of the organisation, kept in the database.
package enum OrganisationSetting: String, Sendable, CaseIterable {
    /// The time zone whose days count.
    case timeZone = "time_zone"
    /// The currency that amounts are reported in.
    case reportingCurrency = "reporting_currency"

    /// Days for which every scored day is kept; of older ones the last of each week.
    case dailyScoreDays = "daily_score_days"
    /// Days for which scores are kept at all.
    case scoreDays = "score_days"
    /// Days for which delivered messages and attempts are kept.
    case deliveryDays = "delivery_days"
    /// The version whose shipped models score the accounts.
    case shippedModels = "shipped_models"
    /// Share of ARR that is left after serving it.
    case margin
    /// Share of churn a task prevents.
    case saveRate = "save_rate"
    /// Cost of an hour of a CSM.
    case hourlyCost = "hourly_cost"
    /// Rate by which a year's money is discounted.
    case discount

    /// What it is for, in a few words.
    package var meaning: String {
        switch self {
        case .timeZone: "the time zone in which days begin"
        case .reportingCurrency: "the currency of reports; the only one present when not set"
        case .dailyScoreDays: "days for which every scored day is kept, then one a week; for ever when not set"
        case .scoreDays: "days for which scores, and alerts that are over, are kept; for ever when not set"
        case .deliveryDays: "days for which messages to receivers and their attempts are kept; 90 when not set"
        case .shippedModels: "the version whose shipped models are in force: newest, or 0.1 until one switches"
        case .margin: "the share of ARR that is left after serving it; \(Self.usual(\.margin)) when not set"
        case .saveRate: "the share of losses that a task prevents; \(Self.usual(\.saveRate)) when not set"
        case .hourlyCost: "the cost of an hour, in the reporting currency; \(Self.usual(\.hourlyCost)) when not set"
        case .discount: "the rate by which a year's money is discounted; \(Self.usual(\.discount)) when not set"
        }
    }

    private static func usual(_ figure: KeyPath<MoneyAssumptions, Double>) -> String {
        ModelValue.number(MoneyAssumptions()[keyPath: figure]).text
    }
}

/// Reads and writes the organisation's settings.
package struct SettingStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Every setting that has a value.
    package func all() async throws -> [OrganisationSetting: String] {
        var settings: [OrganisationSetting: String] = [:]
        for row in try await connection.query(Statement(SQL.Server.settings)) {
            guard let setting = OrganisationSetting(rawValue: try row.decode("name")) else { continue }
            settings[setting] = try row.decode("value")
        }
        return settings
    }

    /// The currency that amounts are reported in, the setting or else the only one of the contracts, where it is known;
    /// and the decimals of its minor unit.
    package func reportingCurrency() async throws -> (currency: String?, minorDigits: Int) {
        let rows = try await connection.query(Statement(SQL.Server.reportingCurrency))
        guard let row = rows.first else { return (nil, 2) }
        return (
            try row.decodeIfPresent("currency"), Int(try row.decodeIfPresent("minor_digits", as: Int32.self) ?? 2)
        )
    }

    /// What is assumed of money, as far as the organisation says.
    package func moneyAssumptions() async throws -> MoneyAssumptions {
        let settings = try await all()
        func number(_ setting: OrganisationSetting) -> Double? { settings[setting].flatMap(Double.init) }
        var money = MoneyAssumptions()
        money.margin = number(.margin) ?? money.margin
        money.saveRate = number(.saveRate) ?? money.saveRate
        money.hourlyCost = number(.hourlyCost) ?? money.hourlyCost
        money.discount = number(.discount) ?? money.discount
        return money
    }

    /// Sets one. A time zone is refused when it is unknown, and once usage was counted into days.
    package func set(_ setting: OrganisationSetting, to value: String) async throws {
        let rows = try await connection.query(Statement(SQL.Server.settingRefusal), [setting.rawValue, value])
        if let reason = try rows.first?.decodeIfPresent("reason", as: String.self) {
            throw StoreError.badSetting(reason)
        }
        _ = try await connection.execute(Statement(SQL.Server.storeSetting), [setting.rawValue, value])
    }
}
