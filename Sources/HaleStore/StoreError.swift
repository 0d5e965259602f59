import HaleDomain

/// What can go wrong between Hale and its database, beyond what PostgreSQL itself reports.
package enum StoreError: CodedError, Equatable {
    /// An applied migration's file was edited afterwards.
    case editedMigration(number: Int, name: String, applied: String, now: String)
    /// The database was migrated by a newer version of Hale.
    case newerSchema(number: Int, name: String)
    /// The database has no schema, or an older one, and this command does not migrate.
    case notMigrated
    /// An amount in a currency for which no exchange rate is known on the day.
    case missingRate(currency: String, day: String)
    /// Several currencies and no setting that says which one to report in.
    case noReportingCurrency([String])
    /// The made-up company is not alone in the database, so it cannot be reset.
    case holdsOtherData
    /// A value that a setting cannot have.
    case badSetting(String)
    /// What cannot be done as things stand, and why.
    case refused(String)
    /// The database is not a coordinator of Citus.
    case noCitus
    /// An account of which nothing was imported.
    case unknownAccount(String)
    /// A stored row that this version cannot read.
    case unreadableRow(String)
    /// A file of SQL does not have the place where a text is to stand.
    case lostMark(String, statement: String)
    /// The server does not let the role that evaluates rules in.
    case noRulesRole(String)

    package var code: String {
        switch self {
        case .editedMigration: "HALE-STORE-001"
        case .newerSchema: "HALE-STORE-002"
        case .notMigrated: "HALE-STORE-003"
        case .missingRate: "HALE-STORE-004"
        case .noReportingCurrency: "HALE-STORE-005"
        case .unreadableRow: "HALE-STORE-006"
        case .holdsOtherData: "HALE-STORE-007"
        case .badSetting: "HALE-STORE-008"
        case .refused: "HALE-STORE-009"
        case .noCitus: "HALE-STORE-015"
        case .unknownAccount: "HALE-STORE-010"
        case .noRulesRole: "HALE-STORE-020"
        case .lostMark: "HALE-STORE-021"
        }
    }

    package var message: String {
        switch self {
        case .editedMigration(let number, let name, let applied, let now):
            "migration \(number) \(name) was edited after it was applied (applied \(applied), now \(now)): restore the file"
        case .newerSchema(let number, let name):
            "the database has migration \(number) \(name), which this version does not know: use a newer hale"
        case .notMigrated:
            "the database is not set up for this version: run hale db migrate"
        case .missingRate(let currency, let day):
            "no exchange rate for \(currency) on or before \(day): import fx_rates (day, currency, rate)"
        case .noReportingCurrency(let currencies):
            "contracts are in \(currencies.joined(separator: ", ")): import fx_rates, then run hale config set reporting_currency CODE"
        case .holdsOtherData:
            "the database also holds files that you imported, so the demo is not reset: use another HALE_HOME"
        case .noCitus:
            "this database has no extension citus: run this on the coordinator of a Citus cluster, after create extension citus"
        case .unknownAccount(let account):
            "there is no account \"\(account)\": hale accounts list shows the ids"
        case .noRulesRole(let reason):
            "rules are evaluated as the role hale_rules, which cannot log in (\(reason)): create role hale_rules login, run hale db migrate, and say how to connect as it in HALE_RULES_DATABASE_URL"
        case .lostMark(let mark, let statement):
            "statement \(statement) does not have the place /*\(mark)*/ … /*end \(mark)*/ once: restore the file"
        case .unreadableRow(let what), .badSetting(let what), .refused(let what):
            what
        }
    }
}
