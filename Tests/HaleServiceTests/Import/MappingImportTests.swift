import Delimited
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Text that is no expression over the file's columns, and the character it is refused at.
struct ForbiddenExpression: Sendable, CustomTestStringConvertible {
    let text: String
    let character: Int
    let message: String

    var testDescription: String { text }

    static let all: [ForbiddenExpression] = [
        ForbiddenExpression(text: "pg_sleep(10)", character: 1, message: "the function 'pg_sleep' is not allowed"),
        ForbiddenExpression(text: "1 + pg_sleep(10)", character: 5, message: "the function 'pg_sleep' is not allowed"),
        ForbiddenExpression(text: "(select 1)", character: 2, message: "'select' is not allowed"),
        ForbiddenExpression(text: "current_user", character: 1, message: "'current_user' is not allowed"),
        ForbiddenExpression(
            text: "pg_read_file(amount)", character: 1, message: "the function 'pg_read_file' is not allowed"),
        ForbiddenExpression(
            text: "amounts", character: 1, message: "there is no column 'amounts'; did you mean amount?"),
    ]
}

/// Files of other systems, taken in through a mapping.
@Suite(.database)
struct `Importing through a mapping` {
    private static let export = """
        Sub,Acct,Amount,Billing,Auto,State,Start
        S1,A1,100,monthly,J,live,2026-01-01
        S2,A1,1200,annual,-,live,2026-01-01
        S3,A2,5,annual,J,test,2026-01-01

        """

    private static let columns = "columns: {contract_id: sub, account_id: acct, starts_on: start, auto_renew: auto}"

    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\nA2,Bolt\n", into: database)
        return database
    }

    @Test func `columns, constants, words, expressions and a condition make the kind's rows`() async throws {
        let database = try await accounts()
        let map = """
            kind: contracts
            \(Self.columns)
            constants: {currency: USD}
            words: {auto_renew: {J: "true", "-": "false"}}
            derive:
              arr: "case billing when 'monthly' then cast(amount as numeric) * 12 else cast(amount as numeric) end"
              term_months: "case billing when 'annual' then 12 else 1 end"
            skip_when: "state = 'test'"
            """
        let receipt = try await ImportFixture.load(.contracts, Self.export, map: map, into: database)
        #expect([receipt.read, receipt.inserted, receipt.skipped, receipt.rejected] == [3, 2, 1, 0])
        // 100 a month is 1,200 a year, in cents 120,000.
        let terms = try await ImportFixture.texts(
            """
            select contract.external_id || ' ' || version.arr_minor || ' ' || version.currency || ' '
                || version.term_months || ' ' || version.auto_renew as text
            from hale_data.contract_version as version
            join hale_data.contract as contract using (contract_id)
            order by contract.external_id
            """)
        #expect(terms == ["S1 120000 USD 1 true", "S2 120000 USD 12 false"])
        #expect(
            try await ImportFixture.number(
                "select count(*) from hale_data.import_receipt where mapping = 'map.yaml'") == 1)
    }

    @Test func `a mapping without expressions needs no help of the database`() async throws {
        let database = try await accounts()
        let map = """
            kind: contracts
            columns: {contract_id: sub, account_id: acct, arr: amount, starts_on: start, auto_renew: auto}
            constants: {currency: USD, term_months: 12}
            words: {auto_renew: {J: "true", "-": "false"}}
            """
        let receipt = try await ImportFixture.load(.contracts, Self.export, map: map, into: database)
        #expect([receipt.read, receipt.inserted, receipt.skipped] == [3, 3, 0])
        let terms = try await ImportFixture.texts(
            """
            select arr_minor || ' ' || term_months || ' ' || auto_renew as text
            from hale_data.contract_version
            order by arr_minor
            """)
        #expect(terms == ["500 12 true", "10000 12 true", "120000 12 false"])
    }

    @Test func `a bad row of a derived file is told by its line in the file as given`() async throws {
        let database = try await accounts()
        let map = """
            kind: tickets
            columns: {ticket_id: id, account_id: account}
            derive: {opened_at: "concat(year, '-', month, '-01')"}
            skip_when: "account = ''"
            """
        let fixture = try ImportFixture("id,account,year,month\nT1,A1,2026,01\nT2,A1,2026,13\nT3,A1,2026,02\n")
        let lines = try await fixture.refusal(.tickets, into: database) { request in
            request.mapping = try Mapping(yaml: map, file: "map.yaml")
        }
        let first = try #require(lines.first)
        #expect(first.hasPrefix("\(fixture.path):3: opened_at: "))
        #expect(first.contains("month 13 does not exist"))
    }

    @Test func `a text that means a moment of the clock is no date, and dates do not depend on the server`()
        async throws
    {
        let connection = try await Connection.open(try TestDatabase.shared.superuser)
        let role = "alter role hale_app in database \"\(try TestDatabase.shared.name)\""
        try await connection.script(Statement(name: "test", text: "\(role) set datestyle = 'SQL, DMY'"))
        await connection.close()
        let database = try await accounts()
        let map = """
            kind: tickets
            columns: {ticket_id: id, account_id: account}
            derive: {opened_at: "cast(day as date) + 1"}
            """
        let fixture = try ImportFixture(
            "id,account,day\nT1,A1,2026-02-03\nT2,A1,02/03/2026\nT3,A2,today\nT4,A2,Tomorrow \n")
        let lines = try await fixture.refusal(.tickets, into: database) { request in
            request.mapping = try Mapping(yaml: map, file: "map.yaml")
        }
        #expect(lines.count == 3, "\(lines)")
        #expect(lines.first?.hasPrefix("\(fixture.path):4: opened_at: ") == true)
        #expect(lines.first?.contains("\"today\" is no date but a moment of the clock") == true)
        let receipt = try await ImportFixture.load(
            .tickets, "id,account,day\nT1,A1,2026-02-03\nT2,A1,02/03/2026\n", map: map, into: database)
        #expect(receipt.inserted == 2)
        let opened = try await ImportFixture.texts(
            "select (opened_at at time zone 'UTC')::date::text as text from hale_data.ticket order by external_id")
        #expect(opened == ["2026-02-04", "2026-02-04"])
    }

    @Test(arguments: ForbiddenExpression.all)
    func `an expression that could do more than compute is refused at its character`(
        _ forbidden: ForbiddenExpression
    ) async throws {
        let database = try await accounts()
        let before = try await ImportFixture.rowCounts()
        for (place, entry) in [
            ("derive arr", "derive: {arr: \"\(forbidden.text)\"}"),
            ("skip_when", "constants: {arr: 5}\nskip_when: \"\(forbidden.text)\""),
        ] {
            let map = "kind: contracts\n\(Self.columns)\n\(entry)\n"
            let lines = try await ImportFixture(Self.export).refusal(.contracts, into: database) { request in
                request.mapping = try Mapping(yaml: map, file: "map.yaml")
            }
            #expect(
                lines == [
                    "map.yaml: \(place), character \(forbidden.character): \(forbidden.message) [HALE-IMPORT-031]"
                ])
        }
        #expect(try await ImportFixture.rowCounts() == before)
    }

    @Test func `a mapping of a column that the kind does not have is refused where it stands`() async throws {
        let fixture = try ImportFixture(Self.export)
        let lines = try await fixture.refusal(.contracts, into: accounts()) { request in
            request.mapping = try Mapping(
                yaml: "kind: contracts\ncolumns:\n  contract_id: sub\n  seat: amount\n", file: "map.yaml")
        }
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("map.yaml:4:3: the kind contracts has no column seat") == true)
    }
}
