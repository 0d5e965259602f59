import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// A fact of a kind, its table, and when it happened.
struct HistoryCase: Sendable, CustomTestStringConvertible {
    let kind: ImportKind
    let text: String
    let table: String
    /// The fact's own time, as PostgreSQL reads it.
    let happened: String

    var testDescription: String { kind.rawValue }

    static let all: [HistoryCase] = [
        HistoryCase(
            kind: .usage, text: "account_id,occurred_at\nA1,2025-03-04T10:20:30Z\n", table: "usage_event",
            happened: "2025-03-04T10:20:30Z"),
        HistoryCase(
            kind: .nps, text: "account_id,score,responded_at\nA1,9,2025-03-04T10:20:30Z\n", table: "nps_response",
            happened: "2025-03-04T10:20:30Z"),
        HistoryCase(
            kind: .tickets, text: "ticket_id,account_id,opened_at\nT1,A1,2025-03-04T10:20:30Z\n", table: "ticket",
            happened: "2025-03-04T10:20:30Z"),
        HistoryCase(
            kind: .touchpoints, text: "account_id,occurred_at\nA1,2025-03-04T10:20:30Z\n", table: "touchpoint",
            happened: "2025-03-04T10:20:30Z"),
        HistoryCase(
            kind: .invoices, text: "invoice_id,account_id,due_on\nI1,A1,2025-03-04\n", table: "invoice",
            happened: "2025-03-04T00:00:00Z"),
        HistoryCase(
            kind: .contracts, text: "contract_id,account_id,arr,currency,starts_on\nK1,A1,5,EUR,2025-03-04\n",
            table: "contract_version", happened: "2025-03-04T00:00:00Z"),
    ]
}

/// What the options of an import do.
@Suite(.database)
struct `Import options` {
    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\nA2,Bolt\n", into: database)
        return database
    }

    @Test(arguments: HistoryCase.all)
    func `history says that a fact was learned when it happened`(_ fact: HistoryCase) async throws {
        let database = try await accounts()
        try await ImportFixture.load(fact.kind, fact.text, into: database) { $0.isHistory = true }
        #expect(
            try await ImportFixture.number(
                "select count(*) from hale_data.\(fact.table) where recorded_at = '\(fact.happened)'") == 1)
        #expect(try await ImportFixture.number("select count(*) from hale_data.import_receipt where is_history") == 1)
    }

    @Test(arguments: HistoryCase.all)
    func `without history a fact was learned now`(_ fact: HistoryCase) async throws {
        let database = try await accounts()
        try await ImportFixture.load(fact.kind, fact.text, into: database)
        #expect(
            try await ImportFixture.number(
                """
                select count(*) from hale_data.\(fact.table)
                where recorded_at between now() - interval '10 minutes' and now()
                """) == 1)
    }

    @Test func `what happens later was not learned later`() async throws {
        let database = try await accounts()
        try await ImportFixture.load(.invoices, "invoice_id,account_id,due_on\nI1,A1,2199-01-01\n", into: database) {
            $0.isHistory = true
        }
        #expect(
            try await ImportFixture.number("select count(*) from hale_data.invoice where recorded_at <= now()") == 1)
    }

    /// Line 3 has no such day, line 4 an unknown account, line 5 a field too many.
    private static let threeBadRows = """
        account_id,occurred_at,quantity
        A1,2026-01-05,1
        A1,2026-02-30,1
        NOBODY,2026-01-06,1
        A2,2026-01-07,1,2
        A1,2026-01-07,2

        """

    @Test func `exactly the bad rows are left out and kept as they came`() async throws {
        let database = try await accounts()
        let receipt = try await ImportFixture.load(.usage, Self.threeBadRows, into: database) { $0.allowedBadRows = 3 }
        #expect([receipt.read, receipt.inserted, receipt.rejected, receipt.unchanged] == [5, 2, 3, 0])
        let rejects = try await TestDatabase.shared.query(
            """
            select line, ordinal, column_name, reason, raw
            from hale_data.import_reject
            where import_id = $1::bigint
            order by line, ordinal
            """, [receipt.number])
        #expect(try rejects.map { try $0.decode("line", as: Int64.self) } == [3, 4, 5])
        #expect(try rejects.map { try $0.decode("ordinal", as: Int32.self) } == [1, 1, 1])
        #expect(
            try rejects.map { try $0.decodeIfPresent("column_name", as: String.self) } == [
                "occurred_at", "account_id", nil,
            ])
        #expect(
            try rejects.map { try $0.decode("raw", as: String.self) } == [
                "A1,2026-02-30,1", "NOBODY,2026-01-06,1", "A2,2026-01-07,1,2",
            ])
        let reasons = try rejects.map { try $0.decode("reason", as: String.self) }
        try #require(reasons.count == 3)
        #expect(reasons[0].contains("30 February does not exist"))
        #expect(reasons[1].contains("\"NOBODY\" is not known"))
        #expect(reasons[2].contains("has 4 fields"))
        #expect(try await ImportFixture.number("select sum(quantity) from hale_data.usage_event") == 3)
    }

    @Test func `one bad row more than allowed refuses all`() async throws {
        let database = try await accounts()
        let before = try await ImportFixture.rowCounts()
        let lines = try await ImportFixture(Self.threeBadRows).refusal(.usage, into: database) { $0.allowedBadRows = 2 }
        #expect(lines.last == "3 bad rows, nothing imported: more than the 2 that --skip-bad allows")
        #expect(lines.count == 4)
        #expect(try await ImportFixture.rowCounts() == before)
    }

    @Test func `a row with two faults is one bad row and both are kept`() async throws {
        let database = try await accounts()
        let receipt = try await ImportFixture.load(
            .usage, "account_id,occurred_at,quantity\nA1,soon,-1\nA1,2026-01-05,1\n", into: database
        ) { $0.allowedBadRows = 1 }
        #expect([receipt.read, receipt.inserted, receipt.rejected] == [2, 1, 1])
        let columns = try await ImportFixture.texts(
            "select ordinal || ' ' || column_name || ' ' || raw as text from hale_data.import_reject order by ordinal")
        #expect(columns == ["1 occurred_at A1,soon,-1", "2 quantity A1,soon,-1"])
    }

    @Test func `missing accounts are created when that is allowed, and counted`() async throws {
        let database = try await accounts()
        let text = """
            account_id,person_id,feature,occurred_at
            X1,P1,boards,2026-01-05
            X2,P1,export,2026-01-05
            A1,P1,boards,2026-01-05

            """
        let refused = try await ImportFixture(text).refusal(.usage, into: database)
        #expect(
            refused.last == "2 bad rows, nothing imported: correct the file, or leave these rows out with --skip-bad 2")
        let receipt = try await ImportFixture.load(.usage, text, into: database) { $0.createsMissingAccounts = true }
        #expect([receipt.inserted, receipt.createdAccounts] == [3, 2])
        #expect([receipt.createdPeople, receipt.createdFeatures] == [3, 2])
        // An account of which nothing but the id is known is called by it.
        let names = try await ImportFixture.texts(
            "select external_id || ' ' || name as text from hale_data.account order by external_id")
        #expect(names == ["A1 Acme", "A2 Bolt", "X1 X1", "X2 X2"])
    }
}
