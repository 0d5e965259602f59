import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// A made-up file in the layout of a product's export, and the facts it must become.
struct PresetCase: Sendable, CustomTestStringConvertible {
    /// Which facts of the database are compared.
    enum Facts: Sendable {
        case accounts, people, contracts, invoices, tickets, responses, usage
    }

    let preset: String
    /// What is special about the file.
    let title: String
    let file: String
    /// Accounts that must be there before.
    var accounts: [String] = []
    var currency: String?
    let facts: Facts
    /// The facts as `StoredFacts` prints them.
    let expected: [String]
    /// Rows that the preset leaves out.
    var skipped: Int64 = 0

    var testDescription: String { "\(preset): \(title)" }

    static let all: [PresetCase] = salesforce + hubspot + stripe + platforms + streams

    /// Imports the file into a database that knows the CSM and the accounts.
    func load() async throws -> ImportStore.Receipt {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.csms, "email\nana@example.com\n", into: database)
        if !accounts.isEmpty {
            let rows = accounts.map { "\($0),\($0)\n" }.joined()
            try await ImportFixture.load(.accounts, "account_id,name\n\(rows)", into: database)
        }
        if let currency {
            _ = try await TestDatabase.shared.query(
                "insert into hale_data.setting (name, value) values ('reporting_currency', $1::text)", [currency])
        }
        let mapping = try Preset.named(preset).mapping
        let kind = try #require(ImportKind(rawValue: mapping.kind))
        return try await ImportFixture.load(kind, file, into: database) { $0.mapping = mapping }
    }

    func stored() async throws -> [String] {
        switch facts {
        case .accounts: try await StoredFacts.accounts()
        case .people: try await StoredFacts.people()
        case .contracts: try await StoredFacts.contracts()
        case .invoices: try await StoredFacts.invoices()
        case .tickets: try await StoredFacts.tickets()
        case .responses: try await StoredFacts.responses()
        case .usage: try await StoredFacts.usage()
        }
    }
}
