import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// A kind's row with a date that can be a fact or not.
struct DatedRow: Sendable, CustomTestStringConvertible {
    let kind: ImportKind
    let column: String
    /// Header and row; `DAY` stands for the date.
    let text: String

    var testDescription: String { "\(kind.rawValue).\(column)" }

    func text(on day: String) -> String { text.replacing("DAY", with: day) }

    init(_ kind: ImportKind, _ column: String, _ header: String, _ row: String) {
        self.kind = kind
        self.column = column
        text = "\(header)\n\(row)\n"
    }

    /// What happened: no later than tomorrow.
    static let facts = [
        DatedRow(.accounts, "created_on", "account_id,name,created_on", "N1,North,DAY"),
        DatedRow(.accounts, "recorded_at", "account_id,name,recorded_at", "N1,North,DAY"),
        DatedRow(.usage, "occurred_at", "account_id,occurred_at", "A1,DAY"),
        DatedRow(.usage, "occurred_at", "account_id,occurred_at", "\"A1\",\"DAY\""),
        DatedRow(.usage, "occurred_at", "account_id,occurred_at,event_id", "A1,DAY,e1"),
        DatedRow(.usage, "recorded_at", "account_id,occurred_at,recorded_at", "A1,2026-01-01,DAY"),
        DatedRow(.usage, "recorded_at", "account_id,occurred_at,recorded_at", "\"A1\",2026-01-01,\"DAY\""),
        DatedRow(.nps, "responded_at", "account_id,score,responded_at", "A1,9,DAY"),
        DatedRow(.tickets, "opened_at", "ticket_id,account_id,opened_at", "T1,A1,DAY"),
        DatedRow(.tickets, "closed_at", "ticket_id,account_id,opened_at,closed_at", "T1,A1,2026-01-01,DAY"),
        DatedRow(.invoices, "paid_on", "invoice_id,account_id,due_on,paid_on", "I1,A1,2026-01-01,DAY"),
        DatedRow(.touchpoints, "occurred_at", "account_id,occurred_at,kind", "A1,DAY,call"),
        DatedRow(.fxRates, "day", "day,currency,rate", "DAY,USD,0.9"),
        DatedRow(.leads, "created_on", "lead_id,created_on", "L1,DAY"),
        DatedRow(.leads, "qualified_on", "lead_id,created_on,qualified_on", "L1,2026-01-01,DAY"),
        DatedRow(.leads, "won_on", "lead_id,created_on,won_on", "L1,2026-01-01,DAY"),
        DatedRow(
            .contracts, "recorded_at", "contract_id,account_id,arr,currency,starts_on,recorded_at",
            "K1,A1,5,EUR,2026-01-01,DAY"),
    ]

    /// What is planned, agreed or due: as late as it likes.
    static let plans =
        [
            DatedRow(.holidays, "day", "country,day", "NL,DAY"),
            DatedRow(.people, "left_on", "person_id,account_id,left_on", "P1,A1,DAY"),
            DatedRow(.invoices, "due_on", "invoice_id,account_id,due_on", "I1,A1,DAY"),
            DatedRow(.contracts, "starts_on", "contract_id,account_id,arr,currency,starts_on", "K1,A1,5,EUR,DAY"),
        ]
        + ["ends_on", "notice_given_on", "renewal_signed_on", "cancelled_on", "decided_on"].map { column in
            DatedRow(
                .contracts, column, "contract_id,account_id,arr,currency,starts_on,\(column)",
                "K1,A1,5,EUR,2026-01-01,DAY")
        }
}

/// What did not happen yet is no fact.
@Suite(.database)
struct `A fact of the future` {
    private static let today = Day(iso: "2026-03-10")

    private func database(_ zone: String = "Europe/Berlin") async throws -> Database {
        let database = try TestDatabase.shared.database
        try await database.withConnection { try await SettingStore($0).set(.timeZone, to: zone) }
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        return database
    }

    private func refusal(_ row: DatedRow, on day: String, into database: Database) async throws -> [String] {
        try await ImportFixture(row.text(on: day)).refusal(row.kind, into: database) {
            $0.today = Self.today
            $0.allowedBadRows = 0
        }
    }

    @Test(arguments: DatedRow.facts) func `is a bad row from the day after tomorrow on`(_ row: DatedRow) async throws {
        let database = try await database()
        let before = try await ImportFixture.rowCounts()
        for day in ["2026-03-12", "2062-03-01", "2199-12-31"] {
            let lines = try await refusal(row, on: day, into: database)
            let first = try #require(lines.first)
            #expect(first.contains(":2: \(row.column): \"\(day)\" is later than tomorrow, 2026-03-11"))
            #expect(lines.last?.hasPrefix("1 bad row") == true)
        }
        #expect(try await ImportFixture.rowCounts() == before)
        #expect(try await refusal(row, on: "2026-03-11", into: database) == [])
    }

    @Test(arguments: DatedRow.plans) func `is none where it is a plan or a term`(_ row: DatedRow) async throws {
        let database = try await database()
        #expect(try await refusal(row, on: "2062-03-01", into: database) == [])
    }

    @Test func `may be of the month of tomorrow where a month is meant`() async throws {
        let database = try await database()
        let row = DatedRow(.spend, "month", "month,channel,amount,currency", "DAY,ads,5,EUR")
        #expect(try await refusal(row, on: "2026-03-31", into: database) == [])
        let lines = try await refusal(row, on: "2026-04-01", into: database)
        #expect(lines.first?.contains("month: \"2026-04-01\" is later than the month of tomorrow") == true)
    }

    /// In Auckland 2026-03-11 ends at 11:00 UTC, in Berlin at 23:00, in Honolulu at 10:00 of the next day.
    static let instants: [(zone: String, text: String, isFact: Bool)] = [
        ("Pacific/Auckland", "2026-03-11T10:59:59Z", true), ("Pacific/Auckland", "2026-03-11T11:00:00Z", false),
        ("Pacific/Auckland", "2026-03-11T23:59:59", true), ("Pacific/Auckland", "2026-03-12 00:00:00", false),
        ("Pacific/Auckland", "2026-03-12T00:30:00+14:00", true), ("Europe/Berlin", "2026-03-11T22:59:59.999999Z", true),
        ("Europe/Berlin", "2026-03-11T23:00:00Z", false), ("Europe/Berlin", "2026-03-11 11:59 PM", true),
        ("Pacific/Honolulu", "2026-03-12T09:59:59Z", true), ("Pacific/Honolulu", "2026-03-12T10:00:00Z", false),
        ("Pacific/Honolulu", "2026-03-12T05:00:00", false),
    ]

    @Test(arguments: instants)
    func `is told by the clocks of the organisation, in usage as elsewhere`(
        example: (zone: String, text: String, isFact: Bool)
    ) async throws {
        let database = try await database(example.zone)
        let files: [(ImportKind, String)] = [
            (.usage, "account_id,occurred_at\nA1,\(example.text)\n"),
            (.usage, "account_id,occurred_at\n\"A1\",\"\(example.text)\"\n"),
            (.touchpoints, "account_id,occurred_at\nA1,\(example.text)\n"),
            (.nps, "account_id,score,responded_at\nA1,9,\(example.text)\n"),
        ]
        for (kind, text) in files {
            let lines = try await ImportFixture(text).refusal(kind, into: database) { $0.today = Self.today }
            #expect(lines.isEmpty == example.isFact, "\(kind): \(lines)")
        }
    }

    @Test func `is left out of usage among others, and nothing is made for it`() async throws {
        let database = try await database()
        let text = """
            account_id,person_id,feature,occurred_at
            A1,P1,boards,2026-03-10
            A1,P2,export,2199-03-10
            A1,P1,boards,2026-03-11

            """
        let receipt = try await ImportFixture.load(.usage, text, into: database) {
            $0.today = Self.today
            $0.allowedBadRows = 1
        }
        #expect([receipt.inserted, receipt.rejected, receipt.createdPeople, receipt.createdFeatures] == [2, 1, 1, 1])
        let rejects = try await ImportFixture.texts(
            "select concat_ws(' ', line, column_name, reason, raw) as text from hale_data.import_reject")
        #expect(
            rejects == [
                "3 occurred_at \"2199-03-10\" is later than tomorrow, 2026-03-11, and a fact of the future is none "
                    + "A1,P2,export,2199-03-10"
            ])
        #expect(
            try await ImportFixture.texts(
                """
                select relation.relname as text
                from pg_class as relation
                where relation.relname like '%2199%'
                """) == [])
    }

    @Test func `goes in when its day has come`() async throws {
        let database = try await database()
        let receipt = try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at\nT1,A1,2026-03-20\nT2,A1,2026-03-01\n", into: database
        ) {
            $0.today = Self.today
            $0.allowedBadRows = 1
        }
        #expect([receipt.inserted, receipt.rejected] == [1, 1])
        let later = try await ReplayStage(database).run(receipt: receipt.number, today: Day(iso: "2026-03-20"))
        #expect([later.receipt.inserted, later.receipt.rejected] == [1, 0])
    }
}
