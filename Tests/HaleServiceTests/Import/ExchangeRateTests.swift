import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Rates that are stored, rates of a file, and the lines that are asked about.
struct RateFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var stored: [String] = []
    let rows: [String]
    /// Lines of the file, from 2, with words of what is said.
    let asked: [Int]
    var words: String = ""

    init(_ name: String, stored: [String] = [], _ rows: [String], asked: [Int] = [], words: String = "") {
        testDescription = name
        self.stored = stored
        self.rows = rows
        self.asked = asked
        self.words = words
    }

    static func text(_ rows: [String]) -> String { "day,currency,rate\n" + rows.map { $0 + "\n" }.joined() }

    static let all: [RateFile] = [
        RateFile("rates as they are", ["2026-01-01,USD,0.85", "2026-02-01,USD,0.84", "2026-01-01,JPY,0.0055"]),
        RateFile(
            "a crash of a fifth", stored: ["2026-01-01,CHF,0.83"], ["2026-01-16,CHF,1.02", "2026-02-01,CHF,0.95"]),
        RateFile(
            "a slip in the middle", ["2026-01-01,USD,0.85", "2026-01-02,USD,851", "2026-01-03,USD,0.852"], asked: [3],
            words: "a thousand times off 0.85 of 2026-01-01"),
        RateFile(
            "three orders at the end", ["2026-01-01,XAU,3000.5", "2026-01-02,XAU,3.01"], asked: [3],
            words: "a thousand times off 3000.5 of 2026-01-01"),
        RateFile("two orders at the end", ["2026-01-01,XAU,3000.5", "2026-01-02,XAU,30.01"]),
        RateFile(
            "a file of slips beside what is stored", stored: ["2026-01-01,XAG,25.5"],
            ["2026-02-01,XAG,0.0255", "2026-03-01,XAG,0.0256", "2026-04-01,XAG,0.0257"], asked: [2, 3, 4],
            words: "a thousand times off"),
        RateFile(
            "a correction of what was stored", stored: ["2026-01-01,XAG,25.5", "2026-01-02,XAG,0.0255"],
            ["2026-01-02,XAG,25.6"]),
        RateFile(
            "one inverted among others", ["2026-01-01,USD,0.85", "2026-01-02,USD,1.176", "2026-01-03,USD,0.852"],
            asked: [3], words: "looks inverted beside 0.85 of 2026-01-01"),
        RateFile(
            "inverted beside what is stored", stored: ["2025-12-31,GBP,1.15"],
            ["2026-01-31,GBP,0.8696", "2026-02-28,GBP,0.87"], asked: [2, 3], words: "looks inverted beside 1.15"),
        RateFile(
            "a first file the wrong way round", ["2026-01-01,JPY,182.5", "2026-01-01,PLN,4.2", "2026-01-01,USD,1.17"],
            asked: [2, 3], words: "and looks inverted"),
        RateFile(
            "a first file a thousand times off", ["2026-01-01,USD,850"], asked: [2],
            words: "far from what one USD is worth, about 0.909091 EUR"),
        RateFile(
            "the reporting currency itself", ["2026-01-01,EUR,1", "2026-01-02,EUR,1.17"], asked: [3],
            words: "EUR is the reporting currency"),
    ]
}

/// Exchange rates are looked at before they are believed.
@Suite(.database)
struct `Exchange rates` {
    private func database(reporting: String? = "EUR") async throws -> Database {
        let database = try TestDatabase.shared.database
        if let reporting {
            try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: reporting) }
        }
        return database
    }

    @Test(arguments: RateFile.all)
    func `that are inverted or absurd are asked about, and taken when confirmed`(_ file: RateFile) async throws {
        let database = try await database()
        if !file.stored.isEmpty {
            try await ImportFixture.load(.fxRates, RateFile.text(file.stored), into: database) {
                $0.confirmsRates = true
            }
        }
        let fixture = try ImportFixture(RateFile.text(file.rows))
        let lines = try await fixture.refusal(.fxRates, into: database)
        let asked = lines.dropLast()
        #expect(asked.map { String($0.prefix { $0 != " " }) } == file.asked.map { "\(fixture.path):\($0):" })
        #expect(asked.allSatisfy { $0.contains(file.words) && $0.contains("or say --confirm-rates") })
        if !file.asked.isEmpty {
            #expect(try await fixture.refusal(.fxRates, into: database) { $0.confirmsRates = true } == [])
        }
        let total = Set((file.stored + file.rows).map { $0.prefix(14) }).count
        #expect(try await ImportFixture.number("select count(*) from hale_data.fx_rate") == Int64(total))
    }

    @Test(arguments: ["0.0000000001", "1e10", "9999999999999999999999999999999999999999"])
    func `beyond what currencies are apart are refused, confirmed or not`(rate: String) async throws {
        let fixture = try ImportFixture("day,currency,rate\n2026-01-01,USD,0.9\n2026-01-01,XAU,\(rate)\n")
        let lines = try await fixture.refusal(.fxRates, into: database()) { $0.confirmsRates = true }
        #expect(lines.first?.hasPrefix("\(fixture.path):3: rate: ") == true)
        #expect(lines.first?.contains("is not between") == true)
    }

    @Test func `at which a stored contract would be too large are refused`() async throws {
        let database = try await database()
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        try await ImportFixture.load(
            .contracts, "contract_id,account_id,arr,currency,starts_on\nK1,A1,9000000000000,KWD,2026-01-01\n",
            into: database)
        let fixture = try ImportFixture("day,currency,rate\n2026-01-01,KWD,112\n")
        let lines = try await fixture.refusal(.fxRates, into: database) { $0.confirmsRates = true }
        #expect(lines.first?.contains("at rate 112 a contract of 9000000000000 KWD would be too large") == true)
    }

    @Test func `are needed before another reporting currency is set`() async throws {
        let database = try await database(reporting: nil)
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on
            K1,A1,5,EUR,2026-01-01
            K2,A1,5,USD,2026-01-01

            """, into: database)
        func set(_ currency: String) async throws -> String? {
            do {
                try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: currency) }
                return nil
            } catch let error as StoreError {
                return error.description
            }
        }
        #expect(try await set("XXX")?.contains("contracts are in EUR, USD, and no exchange rate tells") == true)
        #expect(try await set("EUR")?.contains("contracts are in USD, and no exchange rate") == true)
        try await ImportFixture.load(.fxRates, "day,currency,rate\n2026-01-01,USD,0.9\n", into: database)
        #expect(try await set("EUR") == nil)
        #expect(try await set("USD")?.contains("contracts are in EUR, and no exchange rate") == true)
    }
}
