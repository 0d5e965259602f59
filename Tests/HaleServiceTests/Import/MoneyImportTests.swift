import Delimited
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// A file of amounts and what becomes of it where the reporting currency is another or the same.
struct MoneyFile: Sendable, CustomTestStringConvertible {
    let kind: ImportKind
    let text: String
    let reporting: String
    /// The amounts as `minor currency`, or words of the refusal with its column.
    let stored: [String]
    var refusal: (column: String, words: String)?

    var testDescription: String { "\(kind): \(text.split(separator: "\n").last ?? "") reported in \(reporting)" }

    private static func contract(
        _ amount: String, _ currency: String?, in reporting: String, _ stored: String
    ) -> MoneyFile {
        let text =
            currency.map { "contract_id;account_id;starts_on;arr;currency\nK1;A1;2026-01-01;\(amount);\($0)\n" }
            ?? "contract_id;account_id;starts_on;arr\nK1;A1;2026-01-01;\(amount)\n"
        return MoneyFile(kind: .contracts, text: text, reporting: reporting, stored: [stored])
    }

    private static func refused(
        _ amount: String, _ currency: String?, in reporting: String, _ words: String
    ) -> MoneyFile {
        var file = contract(amount, currency, in: reporting, "")
        file.refusal = ("arr", words)
        return file
    }

    static let all: [MoneyFile] = [
        // A column of the currency: a sign that is one of it, and signs that are not.
        contract("$1,200.00", "USD", in: "EUR", "120000 USD"), contract("$1,200.00", "CAD", in: "EUR", "120000 CAD"),
        contract("$1,200.00", "MXN", in: "EUR", "120000 MXN"), contract("US$1,200.00", "USD", in: "EUR", "120000 USD"),
        contract("£1,200.00", "GBP", in: "EUR", "120000 GBP"), contract("1.200,50 €", "EUR", in: "EUR", "120050 EUR"),
        contract("kr 1 200,50", "NOK", in: "EUR", "120050 NOK"), contract("¥120000", "JPY", in: "EUR", "120000 JPY"),
        contract("¥120000", "CNY", in: "EUR", "12000000 CNY"),
        refused("$149.00", "EUR", in: "EUR", "\"$149.00\" is not an amount in EUR, the currency of its row"),
        refused("£149.00", "EUR", in: "EUR", "\"£149.00\" is not an amount in EUR"),
        refused("£149.00", "USD", in: "USD", "\"£149.00\" is not an amount in USD"),
        refused("CA$149.00", "USD", in: "USD", "\"CA$149.00\" is not an amount in USD"),
        refused("149.00 USD", "EUR", in: "EUR", "\"149.00 USD\" is not an amount in EUR"),
        refused("¥149", "EUR", in: "EUR", "\"¥149\" is not an amount in EUR"),
        // No column, or nothing in it: the sign tells the currency, whatever the reporting currency.
        contract("£1,200.00", nil, in: "EUR", "120000 GBP"), contract("€ 1.234,-", nil, in: "USD", "123400 EUR"),
        contract("CHF 1'200.50", "", in: "EUR", "120050 CHF"), contract("1200.00", nil, in: "EUR", "120000 EUR"),
        // A sign of several currencies: the reporting currency where it is one of them, else a question.
        contract("$1,200.00", nil, in: "USD", "120000 USD"), contract("$1,200.00", "", in: "AUD", "120000 AUD"),
        contract("kr 1 200,50", nil, in: "SEK", "120050 SEK"),
        refused("$1,200.00", nil, in: "EUR", "\"$\" is no sign of EUR, the currency where a row names none"),
        refused("kr 1 200,50", "", in: "EUR", "\"kr\" is no sign of EUR"),
        refused("¥1200", nil, in: "EUR", "\"¥\" is no sign of EUR"),
        refused("$100.00 EUR", "USD", in: "EUR", "has the signs of two currencies"),
        MoneyFile(
            kind: .contracts, text: "contract_id,account_id,starts_on,arr,mrr\nK1,A1,2026-01-01,$12.5,€1.5\n",
            reporting: "USD", stored: [], refusal: ("mrr", "has the signs of two currencies")),
        MoneyFile(
            kind: .invoices,
            text: "invoice_id;account_id;due_on;amount\nI1;A1;2026-01-01;(£1,234.56)\nI2;A1;2026-01-01;12.50\n",
            reporting: "EUR", stored: ["-123456 GBP", "1250 EUR"]),
        MoneyFile(
            kind: .invoices, text: "invoice_id,account_id,due_on,amount\nI1,A1,2026-01-01,$12.50\n",
            reporting: "EUR", stored: [], refusal: ("amount", "\"$\" is no sign of EUR")),
        MoneyFile(
            kind: .spend, text: "month,channel,amount,currency\n2026-01-01,ads,£12.50,\n2026-02-01,ads,12.50,USD\n",
            reporting: "EUR", stored: ["1250 GBP", "1250 USD"]),
        MoneyFile(
            kind: .spend, text: "month,channel,amount,currency\n2026-01-01,ads,£12.50,USD\n", reporting: "EUR",
            stored: [], refusal: ("amount", "\"£12.50\" is not an amount in USD")),
        MoneyFile(
            kind: .spend, text: "month,channel,amount\n2026-01-01,ads,$12.50\n", reporting: "EUR", stored: [],
            refusal: ("amount", "\"$\" is no sign of EUR")),
    ]
}

/// Amounts and their currencies, on their way into the database.
@Suite(.database)
struct `Imported money` {
    private func database(reporting: String? = nil) async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        if let reporting {
            try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: reporting) }
        }
        return database
    }

    private func amounts(_ kind: ImportKind) async throws -> [String] {
        let source =
            switch kind {
            case .contracts: "select arr_minor as minor, currency, contract_id as key from hale_data.contract_version"
            case .invoices: "select amount_minor, currency, external_id from hale_data.invoice"
            default: "select amount_minor, currency, extract(epoch from month)::bigint from hale_data.spend"
            }
        return try await ImportFixture.texts(
            "select minor || ' ' || currency as text from (\(source)) as amount (minor, currency, key) order by key")
    }

    @Test(arguments: MoneyFile.all)
    func `is in the currency that is written with it, or asked about`(_ file: MoneyFile) async throws {
        let database = try await database(reporting: file.reporting)
        let fixture = try ImportFixture(file.text)
        let lines = try await fixture.refusal(file.kind, into: database)
        guard let refusal = file.refusal else {
            #expect(lines == [])
            #expect(try await amounts(file.kind) == file.stored)
            return
        }
        let first = try #require(lines.first)
        #expect(first.hasPrefix("\(fixture.path):2: \(refusal.column): "))
        #expect(first.contains(refusal.words))
        #expect(try await amounts(file.kind) == [])
    }

    @Test func `of a known contract may have the sign of its currency where a file names none`() async throws {
        let database = try await database(reporting: "EUR")
        try await ImportFixture.load(
            .contracts, "contract_id,account_id,arr,currency,starts_on\nK1,A1,5,AUD,2026-01-01\n", into: database)
        try await ImportFixture.load(
            .contracts, "contract_id,account_id,arr,starts_on\nK1,A1,$7.50,2026-01-01\n", into: database)
        #expect(try await amounts(.contracts) == ["500 AUD", "750 AUD"])
    }

    @Test func `is checked against the constant of a mapping`() async throws {
        let database = try await database()
        let mapping = "kind: contracts\ncolumns: {arr: Price}\nconstants: {currency: EUR}\n"
        let fixture = try ImportFixture("contract_id,account_id,Price,starts_on\nK1,A1,$7.50,2026-01-01\n")
        let lines = try await fixture.refusal(.contracts, into: database) {
            $0.mapping = try Mapping(yaml: mapping, file: "map.yaml")
        }
        #expect(lines.first?.contains("\"$7.50\" is not an amount in EUR") == true)
    }

    @Test func `of whole thousands stops the import until the decimal mark is said`() async throws {
        let database = try await database(reporting: "USD")
        let text = "contract_id,account_id,arr,starts_on\nK1,A1,149000,2026-01-01\nK2,A1,$149.000,2026-01-01\n"
        let fixture = try ImportFixture(text)
        let lines = try await fixture.refusal(.contracts, into: database)
        #expect(
            lines == [
                "\(fixture.path):3: arr: numbers, like \"$149.000\" (149.000 or 149000), can have a decimal comma or a "
                    + "decimal point; say --decimal comma or --decimal point [HALE-IMPORT-021]"
            ])
        try await ImportFixture.load(.contracts, text, into: database) {
            $0.formats = GivenFormats(decimalMark: .comma)
        }
        #expect(try await amounts(.contracts) == ["14900000 USD", "14900000 USD"])
    }

    @Test(arguments: [("comma", "12000"), ("point", "12")])
    func `of whole thousands follows the mapping's decimal mark`(mark: String, whole: String) async throws {
        let database = try await database(reporting: "EUR")
        try await ImportFixture.load(
            .contracts, "contract_id,account_id,arr,starts_on\nK1,A1,12.000,2026-01-01\n",
            map: "kind: contracts\ndecimal: \(mark)\n", into: database)
        #expect(try await amounts(.contracts) == ["\(whole)00 EUR"])
    }

    @Test func `that a mapping computes has a decimal point, and what it takes over is asked about`() async throws {
        let database = try await database(reporting: "EUR")
        let text = "contract_id,account_id,price,starts_on\nK1,A1,100.5,2026-01-01\n"
        try await ImportFixture.load(
            .contracts, text,
            map: "kind: contracts\nderive: {arr: \"round(cast(price as numeric) * 12, 3)\"}\n", into: database
        ) { $0.formats = GivenFormats(decimalMark: .comma) }
        #expect(try await amounts(.contracts) == ["120600 EUR"])
        let taken = try ImportFixture("contract_id,account_id,price,starts_on\nK2,A1,12.000,2026-01-01\n")
        let lines = try await taken.refusal(.contracts, into: database) {
            $0.mapping = try Mapping(
                yaml: "kind: contracts\nderive: {arr: \"coalesce(price, '0')\"}\n", file: "map.yaml")
        }
        #expect(lines.first?.hasSuffix("[HALE-IMPORT-021]") == true)
    }

    @Test func `that is missing in words is left empty, which is said once`() async throws {
        let database = try await database(reporting: "EUR")
        let receipt = try await ImportFixture.load(
            .invoices,
            "invoice_id,account_id,due_on,amount\nI1,A1,2026-01-01,n/a\nI2,A1,2026-01-01,-\nI3,A1,2026-01-01,5\n",
            into: database)
        #expect(receipt.notes == ["due_on: year first", "amount: 2 values such as \"n/a\", left empty"])
        #expect(try await amounts(.invoices).sorted() == ["-", "-", "500 EUR"])
    }

    @Test(
        arguments: [
            ("99999999999999", "amount 99999999999999 is too large"),
            ("9999999999999999999999999999999999999999", "is too large"), ("1e39", "is too large"),
            ("9000000000000", "amount 9000000000000 KWD is too large in EUR at the rate of 2026-01-01, 300"),
        ])
    func `that is too large names its row`(amount: String, words: String) async throws {
        let database = try await database(reporting: "EUR")
        try await ImportFixture.load(.fxRates, "day,currency,rate\n2026-01-01,KWD,300\n", into: database) {
            $0.confirmsRates = true
        }
        let fixture = try ImportFixture(
            "contract_id,account_id,arr,currency,starts_on\nK1,A1,5,KWD,2026-01-01\nK2,A1,\(amount),KWD,2026-01-01\n")
        let lines = try await fixture.refusal(.contracts, into: database)
        #expect(lines.first?.hasPrefix("\(fixture.path):3: arr: ") == true)
        #expect(lines.first?.contains(words) == true)
    }
}
