package import HaleDomain
package import HaleStore
import Postgres

/// What people say of renewals, kept beside what the model says.
package struct HumanForecasts: Sendable {
    /// What somebody says of a contract's next renewal.
    package struct Statement: Sendable, Hashable {
        /// The contract's id as imported.
        package var contract: String
        /// The amount in major units, as it was written.
        package var amount: String?
        /// Its currency; nil for the reporting currency.
        package var currency: String?
        package var category: RenewalCategory?
        /// Why.
        package var note: String?
        /// Who says so.
        package var by: String

        /// What somebody says.
        package init(
            contract: String, amount: String? = nil, currency: String? = nil, category: RenewalCategory? = nil,
            note: String? = nil, by: String
        ) {
            self.contract = contract
            self.amount = amount
            self.currency = currency
            self.category = category
            self.note = note
            self.by = by
        }
    }

    /// Why nothing was kept.
    package enum Refusal: CodedError, Equatable {
        /// A contract that nobody imported, that is not open, or that has no renewal date.
        case noRenewal(String, on: Day)
        /// No amount of money.
        case badAmount(String)
        /// A currency without an exchange rate.
        case noRate(String, on: Day)

        package var code: String {
            switch self {
            case .noRenewal: "HALE-FORECAST-001"
            case .badAmount: "HALE-FORECAST-002"
            case .noRate: "HALE-FORECAST-003"
            }
        }

        package var message: String {
            switch self {
            case .noRenewal(let contract, let day):
                "contract \"\(contract)\" has no renewal that is open on \(day): "
                    + "hale forecast --list shows those that have"
            case .badAmount(let text):
                "\"\(text)\" is no amount such as 12000 or 12000.50, 0 or more"
            case .noRate(let currency, let day):
                "no exchange rate of \(currency) is known on \(day): hale import fx_rates"
            }
        }
    }

    private let database: Database

    /// What people say, kept in a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Keeps what somebody says of the next renewal of a contract; a dry run keeps nothing.
    package func say(_ statement: Statement, isDryRun: Bool = false) async throws -> ForecastStore.Entered {
        try await database.withConnection { connection in
            guard let day = try await ScoreCalendar(connection).newest() else {
                throw StoreError.refused("no day was scored yet: run hale score")
            }
            let store = ForecastStore(connection)
            let currency: String?
            if let asked = statement.currency?.uppercased() {
                guard try await store.knowsRate(of: asked, on: day) else { throw Refusal.noRate(asked, on: day) }
                currency = asked
            } else {
                currency = try await SettingStore(connection).reportingCurrency().currency
            }
            var minor: Int64?
            if let text = statement.amount {
                guard let currency, let amount = try await store.minor(text, currency: currency) else {
                    throw Refusal.badAmount(text)
                }
                minor = amount
            }
            let said = HumanForecast(
                amountMinor: minor, category: statement.category, by: statement.by, note: statement.note)
            let entered = try await connection.transaction(isDryRun: isDryRun) { transaction in
                try await ForecastStore(transaction).enter(said, of: statement.contract, asOf: day, currency: currency)
            }
            guard let entered else { throw Refusal.noRenewal(statement.contract, on: day) }
            return entered
        }
    }
}
