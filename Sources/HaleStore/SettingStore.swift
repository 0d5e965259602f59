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

    /// What it is for, in a few words.
    package var meaning: String {
        switch self {
        case .timeZone: "the time zone in which days begin"
        case .reportingCurrency: "the currency of reports; the only one present when not set"
        case .dailyScoreDays: "days for which every scored day is kept, then one a week; for ever when not set"
        case .scoreDays: "days for which scores, and alerts that are over, are kept; for ever when not set"
        case .deliveryDays: "days for which messages to receivers and their attempts are kept; 90 when not set"
        case .shippedModels: "the version whose shipped models are in force: newest, or 0.1 until one switches"
        }
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

    /// Sets one. A time zone is refused when it is unknown, and once usage was counted into days.
    package func set(_ setting: OrganisationSetting, to value: String) async throws {
        let rows = try await connection.query(Statement(SQL.Server.settingRefusal), [setting.rawValue, value])
        if let reason = try rows.first?.decodeIfPresent("reason", as: String.self) {
            throw StoreError.badSetting(reason)
        }
        _ = try await connection.execute(Statement(SQL.Server.storeSetting), [setting.rawValue, value])
    }
}
