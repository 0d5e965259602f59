import Postgres

/// Something that every score depends on, as its changes are noted.
package enum CommonChange: String, Sendable, PostgresWord {
    case accounts, features, holidays, settings
    case exchangeRates = "exchange rates"
}
