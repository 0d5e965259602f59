import Foundation
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Companies of chained contracts with what a ledger outside this program says of them: what is live on a day, what was
/// decided of each renewal, and what months, quarters and a year kept.
@Suite(.enabled(if: Ledger.isThere, "shared/fixtures/contracts.py is not there: contracts are not compared with it"))
struct `The ledger of contracts` {
    @Test(.database, arguments: ["contracts", "contracts-last-day"])
    func `agrees on every list, decision and period of its companies`(company: String) async throws {
        try await compare(Ledger.folder.appending(path: company))
    }

    /// Other seeds; every second one says the last day that a term covers.
    @Test(
        .database, .enabled(if: Ledger.python != nil, "python3 is not installed, which makes other companies"),
        arguments: [2, 3, 4, 5])
    func `agrees on companies of other seeds`(seed: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hale-ledger-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Ledger.write(seed: seed, isInclusive: seed.isMultiple(of: 2), to: folder)
        try await compare(folder)
    }

    private func compare(_ folder: URL) async throws {
        let ledger = try Ledger(folder)
        let database = try TestDatabase.shared.database
        for (kind, name) in [(ImportKind.accounts, "accounts"), (.contracts, "contracts")] {
            try await ImportFixture.load(
                kind, try String(contentsOf: folder.appending(path: "\(name).csv"), encoding: .utf8), into: database
            ) { $0.termEnd = nil }
        }
        for (day, accounts) in ledger.expected.lists {
            let rows = try await TestDatabase.shared.query(
                """
                select account_id, coalesce(arr, 0)::bigint as arr, live_contracts::bigint as live
                from hale.account_health_on($1::text::date)
                """, [day])
            #expect(rows.count == accounts.count)
            for row in rows {
                let account = try row.decode("account_id", as: String.self)
                let shown = [try row.decode("arr", as: Int64.self), try row.decode("live", as: Int64.self)]
                #expect(accounts[account] == shown, "\(account) on \(day)")
            }
        }
        let decisions = try await TestDatabase.shared.query(
            """
            select contract_id, renewal_on::text, outcome, basis, decided_on::text
            from hale.renewal_decision_on($1::text::date)
            """, [ledger.expected.seen])
        let shown = try decisions.map { row in
            try ["contract_id", "renewal_on", "outcome", "basis", "decided_on"].map {
                try row.decode($0, as: String.self)
            }
        }
        #expect(Set(shown) == Set(ledger.expected.decisions))
        #expect(shown.count == ledger.expected.decisions.count)
        try await comparePeriods(ledger, database)
    }

    private func comparePeriods(_ ledger: Ledger, _ database: Database) async throws {
        let seen = try #require(Day(iso: ledger.expected.seen))
        var periods = ledger.expected.months.merging(ledger.expected.quarters) { first, _ in first }
        periods["\(ledger.expected.year.first) \(ledger.expected.year.last)"] = ledger.expected.year.figures
        for (name, figures) in periods.sorted(by: { $0.key < $1.key }) {
            let range = try Ledger.period(name)
            let movements = try await database.withConnection { connection in
                try await RetentionStore(connection).movements(in: range, seen: seen)
            }
            let total = RetentionSummary(movements)
            #expect(Ledger.Figures(total.sums, total.rates, total.accounts) == figures, "\(name)")
        }
        // The view tells each month the same.
        let shown = try await database.withConnection { connection in
            try await RetentionStore(connection).months(asOf: seen, in: CalendarPeriod(from: seen - 2000, before: seen))
        }
        let months = Dictionary(uniqueKeysWithValues: shown.map { ($0.period.description, $0) })
        for (name, figures) in ledger.expected.months {
            let month = try #require(months[name])
            #expect(Ledger.Figures(month.sums, month.rates, month.accounts) == figures, "\(name) in the view")
        }
    }
}

/// What the ledger wrote of a company.
struct Ledger {
    /// The figures of a period.
    struct Figures: Decodable, Equatable, CustomStringConvertible {
        var customers: Int
        var startArr: Int64
        var churned: Int64
        var contraction: Int64
        var expansion: Int64
        var undecided: Int64
        var grr: Double?
        var nrr: Double?
        var grrLow: Double?
        var nrrLow: Double?
        var logoRetention: Double?
        var logoRetentionLow: Double?

        init(_ sums: ArrMovement, _ rates: RetentionRates, _ accounts: Int) {
            customers = accounts
            startArr = sums.startMinor / 100
            churned = sums.churnedMinor / 100
            contraction = sums.contractionMinor / 100
            expansion = sums.expansionMinor / 100
            undecided = sums.undecidedMinor / 100
            (grr, nrr, grrLow, nrrLow) = (rates.gross, rates.net, rates.grossLow, rates.netLow)
            (logoRetention, logoRetentionLow) = (rates.logo, rates.logoLow)
        }

        private var rates: [Double?] { [grr, nrr, grrLow, nrrLow, logoRetention, logoRetentionLow] }

        static func == (left: Figures, right: Figures) -> Bool {
            left.description == right.description
                && zip(left.rates, right.rates).allSatisfy { own, other in
                    guard let own, let other else { return own == nil && other == nil }
                    return abs(own - other) < 1e-12
                }
        }

        var description: String {
            "\(customers) customers \(startArr) churned \(churned) contraction \(contraction) expansion \(expansion) "
                + "undecided \(undecided)"
        }
    }

    struct Year: Decodable {
        var first: String
        var last: String
        var figures: Figures

        private enum Key: String, CodingKey { case first, last }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            first = try container.decode(String.self, forKey: .first)
            last = try container.decode(String.self, forKey: .last)
            figures = try Figures(from: decoder)
        }
    }

    struct Expected: Decodable {
        var seen: String
        var lists: [String: [String: [Int64]]]
        var decisions: [[String]]
        var months: [String: Figures]
        var quarters: [String: Figures]
        var year: Year
    }

    let expected: Expected

    init(_ folder: URL) throws {
        expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
    }

    static let folder = SharedData.root.deletingLastPathComponent().appending(path: "fixtures")
    static let isThere = FileManager.default.fileExists(atPath: folder.appending(path: "contracts.py").path)

    /// A month, a quarter, or the months from one to another.
    static func period(_ name: String) throws -> CalendarPeriod {
        let ends = name.split(separator: " ").map(String.init)
        let first = try #require(CalendarPeriod(ends[0]))
        let last = try #require(CalendarPeriod(ends[ends.count - 1]))
        return CalendarPeriod(from: first.first, before: last.before)
    }

    /// Where Python is; nil where it is not installed.
    static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Has the ledger make a company.
    static func write(seed: Int, isInclusive: Bool, to folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(python))
        process.arguments =
            [Self.folder.appending(path: "contracts.py").path, "\(seed)", folder.path]
            + (isInclusive ? ["--inclusive"] : [])
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
