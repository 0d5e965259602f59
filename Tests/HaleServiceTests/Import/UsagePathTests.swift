import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// A usage file in two spellings that mean the same: as programs write it, and with every field quoted, which keeps a
/// reader from taking lines apart by their bytes.
private struct TwinFile {
    let plain: String
    let quoted: String

    private static let header = [
        "account_id", "contract_id", "person_id", "feature", "occurred_at", "quantity", "event_id", "recorded_at",
    ]
    private static let accounts = ["A1", "A2", "Ä3", "A 4", "", "", "nobody", " A1", "A\u{7F}1", "a1"]
    private static let contracts = ["K1", "K2", "", "", "", "lost"]
    private static let people = [
        "P1", "P2", "Zoë", "", "p1", " P1 ", String(repeating: "x", count: 201), "P'1", "7.88E+09", "ane+1@example.com",
    ]
    private static let features = ["boards", "export", "", "Ünit", "boards ", "a\u{1}b"]
    private static let instants = [
        "2026-03-29", "2026-03-29T01:59:59", "2026-03-29 02:30:00", "2026-03-29T02:30:00.5", "2026-03-29T00:30:00Z",
        "2026-10-25 02:30:00", "2026-10-25T02:59:59.999999", "2026-10-25T03:00:00", "2026-10-25T00:59:59Z",
        "2026-12-31T23:30:00Z", "2026-12-31T23:59:59.1234567Z", "2026-02-29", "2024-02-29T12:00", "2026-04-31",
        "2026-01-31T24:00:00", "2026-01-31t10:00:00z", "2026-01-31T10:00:00+05:30", "2026-01-31T10:00:00-0800",
        "2026-1-5", "20260105", "2026/01/05", "1899-12-31", "1900-01-01", "2199-12-31T23:59:59", "2200-01-01",
        "2026-01-31  10:00:00", "2026-01-31T10:00:00 Z", "2026-01-31T10:00:00.", "2026-00-10", "soon", "",
        "2026-01-31T1:00:00", "2026-01-31 1:00 PM", "2026-13-01", "0026-01-01", "2026-01-3a", "2026-06-30T23:59:60",
        "31 Jan 2026", "Sat 31 Jan 2026 10:00:00 +0100", "2026-01-31 10:00 a.m.", "0000-00-00", "N/A",
        "45292",
        "1735084800", "2026-01", "20260131T101500Z", "2026-01-31T10:00:00+01:00[Europe/Berlin]",
    ]
    private static let quantities = [
        "", "0", "1", "9", "007", "1000000000000", "1000000000001", "-1", "+5", "1.0", "1.5", "12e3", "1 000", "x",
        "999999999999999999", "9999999999999999999", "n/a", "-",
    ]
    private static let events = ["", "", "", "", "e1", "e2", "é3", "e\t4", " e1", "1E+12", "e+5"]

    init(seed: UInt64, rows: Int) {
        var random = SplitMix(seed: seed)
        var plain = Self.header.joined(separator: ",") + "\n"
        var quoted = plain
        // Values that everybody writes are the most, so that the plain path has something to do.
        func pick(_ values: [String], usual: Int) -> String {
            random.below(4) > 0 ? values[random.below(usual)] : values[random.below(values.count)]
        }
        for row in 0..<rows {
            let values = [
                pick(Self.accounts, usual: 2), pick(Self.contracts, usual: 4), pick(Self.people, usual: 4),
                pick(Self.features, usual: 3), pick(Self.instants, usual: 11), pick(Self.quantities, usual: 5),
                random.below(3) > 0 ? "" : Self.events[random.below(Self.events.count)],
                random.below(4) > 0 ? "" : pick(Self.instants, usual: 11),
            ]
            let isRagged = random.below(60) == 0
            let ending = random.below(10) == 0 ? "\r\n" : "\n"
            plain += (values + (isRagged ? ["more"] : [])).joined(separator: ",") + ending
            quoted +=
                (values + (isRagged ? ["more"] : [])).map { "\"\($0)\"" }.joined(separator: ",") + ending
            if random.below(25) == 0 {
                plain += row % 2 == 0 ? "\n" : "\r\n"
                quoted += row % 2 == 0 ? "\n" : "\r\n"
            }
        }
        self.plain = plain
        self.quoted = quoted
    }
}

/// A usage file goes in by its bytes or by its records, in one batch or many: it means the same.
@Suite(.database)
struct `The paths of usage` {
    private func database(_ zone: String = "Europe/Berlin") async throws -> Database {
        let database = try TestDatabase.shared.database
        try await database.withConnection { try await SettingStore($0).set(.timeZone, to: zone) }
        try await ImportFixture.load(
            .accounts, "account_id,name\nA1,Acme\nA2,Bolt\nÄ3,Cord\nA 4,Dill\n", into: database)
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on\nK1,A1,5,EUR,2026-01-01\nK2,A2,5,EUR,2026-01-01\n",
            into: database)
        return database
    }

    /// What an import has left of a file: its events, its rejected rows and its packed months.
    private struct Remains: Equatable {
        var counts: [Int64]
        var events: [String]
        var rejects: [String]
    }

    private func remains(
        of text: String, in database: Database, limits: UsageLimits = UsageLimits()
    ) async throws -> Remains {
        let receipt = try await ImportFixture.load(.usage, text, into: database) {
            $0.allowedBadRows = 10_000
            $0.usageLimits = limits
        }
        let events = try await ImportFixture.texts(
            """
            select concat_ws(' ', event.line, event.account_id, person.external_id, feature.name,
                to_char(event.occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), event.day, event.quantity,
                case when event.recorded_at = receipt.started_at then 'now'
                    else to_char(event.recorded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') end) as text
            from hale_data.usage_event as event
            join hale_data.import_receipt as receipt on receipt.import_id = event.import_id
            left join hale_data.person as person on person.person_id = event.person_id
            left join hale_data.feature as feature on feature.feature_id = event.feature_id
            where event.import_id = \(receipt.number)
            order by event.line
            """)
        let rejects = try await ImportFixture.texts(
            """
            select concat_ws(' ', line, ordinal, column_name, reason) as text
            from hale_data.import_reject
            where import_id = \(receipt.number)
            order by line, ordinal
            """)
        #expect(try await PackedUsage.differences() == [])
        return Remains(
            counts: [receipt.read, receipt.inserted + receipt.unchanged, receipt.rejected], events: events,
            rejects: rejects)
    }

    /// Takes back what was imported, so that the next file finds what the first one found.
    private func forgetUsage() async throws {
        for table in [
            "usage_event", "usage_event_key", "usage_month", "person_month", "feature_month", "person", "feature",
        ] {
            _ = try await TestDatabase.shared.query("delete from hale_data.\(table)")
        }
        _ = try await TestDatabase.shared.query("delete from hale_data.import_reject")
        _ = try await TestDatabase.shared.query("delete from hale_data.import_receipt where kind = 'usage'")
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `plain lines mean what quoted records mean`(_ seed: UInt64) async throws {
        let database = try await database()
        let file = TwinFile(seed: seed, rows: 600)
        let plain = try await remains(of: file.plain, in: database)
        try await forgetUsage()
        let quoted = try await remains(of: file.quoted, in: database)
        #expect(plain == quoted)
        // Some of everything is there: rows that went in and rows that did not.
        #expect(plain.events.count > 100)
        #expect(plain.rejects.count > 100)
    }

    @Test func `batches of three rows and no memory make no difference`() async throws {
        let database = try await database()
        let file = TwinFile(seed: 9, rows: 300)
        let whole = try await remains(of: file.plain, in: database)
        try await forgetUsage()
        let parts = try await remains(
            of: file.plain, in: database,
            limits: UsageLimits(countByteCount: 1, nameByteCount: 1, batchRowCount: 3, rejectCount: 2))
        #expect(whole == parts)
    }

    @Test(arguments: ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"])
    func `an instant means the same in usage as in touchpoints`(_ zone: String) async throws {
        let database = try await database(zone)
        // Every half hour around changes of clocks, without an offset; one of the days of Apia was never there.
        let days = ["2011-12-29", "2011-12-30", "2011-12-31", "2018-11-04", "2018-02-17", "2026-03-29", "2026-10-25"]
        var texts = days + ["2026-04-04T15:30:00Z", "2026-10-03T15:29:59.999999Z", "2026-07-01 1:05 PM", "20260704"]
        for day in days {
            for half in 0..<48 {
                let hour = half / 2 < 10 ? "0\(half / 2)" : "\(half / 2)"
                texts.append("\(day)T\(hour):\(half % 2 == 0 ? "00" : "30"):00")
            }
        }
        let rows = texts.map { "A1,\($0)\n" }.joined()
        try await ImportFixture.load(.usage, "account_id,occurred_at\n" + rows, into: database)
        try await ImportFixture.load(.touchpoints, "account_id,occurred_at\n" + rows, into: database)
        let usage = try await ImportFixture.texts(
            "select occurred_at::text || ' ' || day as text from hale_data.usage_event order by occurred_at, line")
        let touchpoints = try await ImportFixture.texts(
            """
            select occurred_at::text || ' ' || hale_data.day_of(occurred_at) as text
            from hale_data.touchpoint
            order by occurred_at
            """)
        #expect(usage.count == texts.count)
        #expect(usage == touchpoints)
    }

    @Test func `months that come late in a file have their partitions`() async throws {
        let database = try await database()
        var text = "account_id,occurred_at\n"
        for month in 0..<36 { text += "A1,20\(20 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)-15\n" }
        let receipt = try await ImportFixture.load(.usage, text, into: database) {
            $0.usageLimits = UsageLimits(batchRowCount: 1)
        }
        #expect(receipt.inserted == 36)
        #expect(try await ImportFixture.number("select count(*) from hale_data.usage_month") == 36)
    }

    @Test func `a file may touch more accounts than the server has room for locks`() async throws {
        let database = try await database()
        let count = 12_000
        var accounts = "account_id,name\n"
        var usage = "account_id,person_id,occurred_at\n"
        for number in 0..<count {
            accounts += "N\(number),N\n"
            usage += "N\(number),P,2026-01-\(number % 28 + 1 < 10 ? "0" : "")\(number % 28 + 1)\n"
        }
        try await ImportFixture.load(.accounts, accounts, into: database)
        let receipt = try await ImportFixture.load(.usage, usage, into: database)
        #expect([receipt.inserted, receipt.createdPeople] == [Int64(count), Int64(count)])
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `a person named by a contract and by its account is one person`() async throws {
        let database = try await database()
        let receipt = try await ImportFixture.load(
            .usage,
            "account_id,contract_id,person_id,occurred_at\nA1,,P1,2026-01-05\n,K1,P1,2026-01-05\n,K1,P2,2026-01-06\n",
            into: database)
        #expect([receipt.inserted, receipt.createdPeople] == [3, 2])
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `people and features of rows that turn out bad are not created`() async throws {
        let database = try await database()
        let receipt = try await ImportFixture.load(
            .usage,
            """
            account_id,person_id,feature,occurred_at,event_id
            A1,P1,boards,2026-01-05,e1
            A1,P2,export,2026-01-05,e1
            nobody,P3,import,2026-01-05,
            A1,P4,search,soon,

            """, into: database
        ) { $0.allowedBadRows = 3 }
        #expect([receipt.inserted, receipt.rejected, receipt.createdPeople, receipt.createdFeatures] == [1, 3, 1, 1])
        let reasons = try await ImportFixture.texts(
            "select concat_ws(' ', line, column_name, reason, raw) as text from hale_data.import_reject order by line")
        #expect(
            reasons == [
                "3 event_id event \"e1\" is already on line 2 with other values A1,P2,export,2026-01-05,e1",
                "4 account_id account \"nobody\" is not known: import it first, or use --create-missing accounts "
                    + "nobody,P3,import,2026-01-05,",
                "5 occurred_at \"soon\" is not a date A1,P4,search,soon,",
            ])
    }

    @Test func `accounts that are missing are created where that is allowed`() async throws {
        let database = try await database()
        let receipt = try await ImportFixture.load(
            .usage, "account_id,person_id,occurred_at\nNew 1,P1,2026-01-05\nNew 2,P1,2026-01-05\nNew 1,P2,2026-01-06\n",
            into: database
        ) {
            $0.createsMissingAccounts = true
            $0.usageLimits = UsageLimits(batchRowCount: 1)
        }
        #expect([receipt.inserted, receipt.createdAccounts, receipt.createdPeople] == [3, 2, 3])
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `the quantities of a day may add up to more than 32 bits hold`() async throws {
        let database = try await database()
        var text = "account_id,occurred_at,quantity\n"
        for _ in 0..<10 { text += "A1,2026-01-05,1000000000000\n" }
        let receipt = try await ImportFixture.load(.usage, text, into: database)
        #expect(receipt.inserted == 10)
        #expect(try await ImportFixture.number("select quantity[5] from hale_data.usage_month") == 10_000_000_000_000)
    }
}

extension SplitMix {
    /// A number from 0 to below a bound.
    fileprivate mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
