import Delimited
import HaleFiles
import HaleTestSupport
import Testing

@Suite struct ResolutionTests {
    static let contracts = [
        ColumnDefinition(name: "contract_id", type: .identifier, isRequired: true),
        ColumnDefinition(name: "account_id", type: .identifier, isRequired: true),
        ColumnDefinition(name: "starts_on", type: .date, isRequired: true),
        ColumnDefinition(name: "seats", type: .integer(min: 0)), ColumnDefinition(name: "currency", type: .currency),
        ColumnDefinition(name: "auto_renew", type: .boolean),
    ]

    private func problem(_ names: [String], mapping: String? = nil) -> ImportProblem? {
        do throws(ImportProblem) {
            _ = try resolve(names, mapping: mapping)
            return nil
        } catch {
            return error
        }
    }

    private func resolve(_ names: [String], mapping: String? = nil) throws(ImportProblem) -> Resolution {
        let header = Header(names: names)
        guard let mapping else {
            return try Resolution(header: header, kindColumns: Self.contracts, file: "c.csv")
        }
        return try Mapping(yaml: mapping, file: "m.yaml").resolve(
            header: header, kindColumns: Self.contracts, file: "c.csv")
    }

    @Test func `columns are matched by name without case, spaces and underscores`() throws {
        let resolution = try resolve(["Account ID", "ContractId", "notes", "STARTS_ON", ""])
        #expect(
            resolution.columns.map(\.source) == [
                .fileColumn(1), .fileColumn(0), .fileColumn(3), .none, .none, .none,
            ])
        #expect(resolution.ignoredColumns == ["notes"])
        #expect(resolution.skipWhen == nil)
    }

    @Test func `a missing column is named with the nearest ones of the file`() {
        let problem = problem(["contract_id", "acount_id", "start_on", "starts"])
        #expect(
            problem?.description == "c.csv: account_id: the file has no such column (nearest: acount_id); "
                + "say which one it is with --column account_id=HEADER, or rename it")
        #expect(problem?.code == .missingColumn)
    }

    @Test func `all missing columns are told together, each with its nearest`() {
        let all = problem(["contract", "acount_id", "start_on"])?.all ?? []
        #expect(all.map(\.column) == ["contract_id", "account_id", "starts_on"])
        #expect(all.allSatisfy { $0.code == .missingColumn && $0.further.isEmpty })
        #expect(all.map { $0.message.contains("nearest: ") } == [true, true, true])
    }

    @Test func `a mapping's sources that the file lacks are told together`() {
        let mapping =
            "kind: contracts\n"
            + "columns: {contract_id: Deal, account_id: Firm, starts_on: Start, seats: Users}\n"
        let all = problem(["Firm", "Begin"], mapping: mapping)?.all ?? []
        #expect(all.map { String($0.message.prefix { $0 != ":" }) } == ["contract_id", "starts_on", "seats"])
    }

    @Test func `a column that only an expression names is used, whatever its header looks like`() throws {
        let header = ["id", "customer", "Start Date", "Plan Tier", "E-Mail (work)", "status", "Notes"]
        let mapping = """
            kind: contracts
            columns: {contract_id: id, account_id: customer}
            derive: {starts_on: "coalesce(start_date, '2024-01-01')"}
            skip_when: "plan_tier = 'status' or e_mail__work_ is null"
            """
        // The text 'status' is no column.
        #expect(try resolve(header, mapping: mapping).ignoredColumns == ["status", "Notes"])
    }

    @Test func `where no name is near, the file's columns are listed`() {
        let problem = problem(["contract_id", "account_id", "x"])
        #expect(problem?.message.contains("(it has contract_id, account_id, x)") == true)
    }

    @Test func `the first name that the file has is taken, and optional ones may be missing`() throws {
        let mapping = """
            kind: contracts
            columns: {contract_id: [Deal, Id], account_id: Account, starts_on: [Start, Begin], seats: [Seats, Users]}
            optional: [Seats, users]
            """
        let resolution = try resolve(["id", "Account", "Begin", "Start"], mapping: mapping)
        #expect(
            resolution.columns.map(\.source) == [
                .fileColumn(0), .fileColumn(1), .fileColumn(3), .none, .none, .none,
            ])
        #expect(resolution.ignoredColumns == ["Begin"])
        #expect(
            problem(["id", "Account"], mapping: mapping)?.description.hasPrefix(
                "m.yaml:2:57: starts_on: c.csv has no column Start or Begin") == true)
    }

    @Test func `a name that stands twice is refused, unless one spelling is exact`() throws {
        #expect(problem(["Contract ID", "contractid", "account_id", "starts_on"])?.code == .duplicateColumn)
        #expect(problem(["contract_id", "contract_id", "account_id", "starts_on"])?.code == .duplicateColumn)
        let resolution = try resolve(["Contract ID", "contract_id", "account_id", "starts_on"])
        #expect(resolution.columns[0].source == .fileColumn(1))
        // Columns that nobody asks for may have one name.
        #expect(try resolve(["contract_id", "account_id", "starts_on", "x", "x"]).ignoredColumns == ["x", "x"])
    }

    static let mapping = """
        kind: contracts
        columns: {contract_id: Subscription ID, account_id: customer, auto_renew: renew}
        constants: {currency: usd}
        words: {auto_renew: {on: true, off: false}}
        derive: {starts_on: "start_day::date"}
        skip_when: "\\"Plan Tier\\" = 'trial'"
        """

    @Test func `a mapping gives every column its source`() throws {
        let resolution = try resolve(
            ["subscription_id", "customer", "renew", "start_day", "Plan Tier", "Seats", "notes"], mapping: Self.mapping)
        #expect(
            resolution.columns.map(\.source) == [
                .fileColumn(0), .fileColumn(1), .derived("start_day::date"), .fileColumn(5), .constant("USD"),
                .fileColumn(2),
            ])
        #expect(resolution.columns[5].words == ["on": "true", "off": "false"])
        #expect(resolution.ignoredColumns == ["notes"])
        #expect(resolution.skipWhen == "\"Plan Tier\" = 'trial'")
    }

    @Test func `a mapping leaves the columns it does not name to their names, but for those it uses otherwise`() throws
    {
        let columns = "kind: contracts\ncolumns: {contract_id: id, account_id: seats}\n"
        let names = ["id", "seats", "starts_on", "currency"]
        #expect(
            try resolve(names, mapping: columns).columns.map(\.source) == [
                .fileColumn(0), .fileColumn(1), .fileColumn(2), .none, .fileColumn(3), .none,
            ])
        let without = try resolve(names, mapping: columns + "constants: {currency: ~}\n")
        #expect(without.columns[4].source == .constant(nil))
        #expect(without.ignoredColumns == ["currency"])
    }

    @Test func `words for a column that the kind does not have are refused`() {
        let mapping = "kind: contracts\ncolumns: {contract_id: id}\nwords: {auto_renews: {a: b}}\n"
        #expect(
            problem(["id"], mapping: mapping)?.description
                == "m.yaml:3:9: the kind contracts has no column auto_renews; nearest: auto_renew")
    }

    static let broken: [(mapping: String, problem: String)] = [
        (
            "kind: contracts\ncolumns:\n  contract_id: id\n  account_id: custmer\n",
            "m.yaml:4:3: account_id: c.csv has no column custmer (nearest: customer)"
        ),
        (
            "kind: contracts\ncolumns: {contract_id: id, account_id: customer, start_on: day}\n",
            "m.yaml:2:50: the kind contracts has no column start_on; nearest: starts_on"
        ),
        (
            "kind: contracts\ncolumns: {contract_id: id, account_id: customer}\n",
            "m.yaml: starts_on: the kind contracts needs this column; name its source in columns, constants or derive"
        ),
        (
            "kind: contracts\ncolumns: {contract_id: id, account_id: customer}\n"
                + "constants: {starts_on: 30.02.2024}\n",
            "m.yaml:3:13: starts_on: \"30.02.2024\" is not a date written year first, like 2025-12-31"
        ),
        (
            "kind: contracts\ncolumns: {contract_id: id, account_id: customer}\nconstants: {starts_on: ~}\n",
            "m.yaml:3:13: starts_on: a value is needed here"
        ),
    ]

    @Test(arguments: broken)
    func `a mapping that does not fit the kind or the file is refused with its place`(
        mapping: String, problem expected: String
    ) {
        let found = problem(["id", "customer", "day"], mapping: mapping)
        #expect(found?.description == expected)
    }

    @Test func `values come from the file, from constants, and through words`() throws {
        let fixture = try ReadingFixture(
            "id,customer,renew,day\n1,A-1,on,2024-05-01\n2,,off,\n3,A-3,perhaps,2024-05-03\n")
        let mapping = try Mapping(
            yaml: """
                kind: contracts
                columns: {contract_id: id, account_id: customer, starts_on: day, auto_renew: renew}
                constants: {currency: usd}
                words: {auto_renew: {on: true, off: false}}
                """, file: "m.yaml")
        let survey = try Survey(of: ImportFile(path: fixture.path)) { (header) throws(ImportProblem) in
            try mapping.resolve(header: header, kindColumns: Self.contracts, file: "c.csv").columns
        }
        let reader = try survey.reader()
        var rows: [[String]] = []
        while let record = try reader.next() {
            rows.append(
                zip(survey.columns, survey.verdicts).map { column, verdict in
                    switch column.value(in: record, format: verdict.format) {
                    case .success(let value): value ?? "-"
                    case .failure(let fault): fault.description
                    }
                })
        }
        #expect(
            rows == [
                ["1", "A-1", "2024-05-01", "-", "USD", "true"],
                ["2", "a value is needed here", "a value is needed here", "-", "USD", "false"],
                [
                    "3", "A-3", "2024-05-03", "-", "USD",
                    "\"perhaps\" is neither true nor false; write true or false, yes or no, 1 or 0",
                ],
            ])
    }
}
