import HaleTestSupport
import Testing

/// `hale import` from the outside: sources, receipts and refusals.
@Suite(.database) struct `The import command` {
    private static let accounts = """
        account_id,name,created_on
        A-1,Acme,2026-01-31
        A-2,Bolt,2026-02-28

        """

    /// Two bad rows: February has no 30th, and an account needs a name.
    private static let badAccounts = """
        account_id,name,created_on
        A-1,Acme,2026-01-31
        A-2,Bolt,2026-02-30
        A-3,,2026-02-01

        """

    private static func expect(_ receipt: JSONAnswer, _ counts: [String: Double]) {
        for (key, count) in counts { #expect(receipt[key] == .number(count), "\(key)") }
    }

    /// Ids of the accounts that are in.
    private static func accountIDs(_ user: CommandLineUser) async throws -> [String] {
        let answer = try await user.run("accounts", "list", "--format", "json").json()
        let accounts = try #require(answer["accounts"]?.elements)
        return accounts.compactMap { $0["accountId"]?.textValue }.sorted()
    }

    @Test func `standard input is read, and the receipt counts rows`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run("import", "accounts", "-", "--format", "json", input: Self.accounts)
        #expect(run.status == 0)
        #expect(run.errors == "")
        let receipt = try run.json()
        #expect(receipt["kind"] == .text("accounts"))
        Self.expect(receipt, ["read": 2, "inserted": 2, "updated": 0, "unchanged": 0, "rejected": 0])
        #expect(receipt["sha256"]?.textValue?.wholeMatch(of: /[0-9a-f]{64}/) != nil)

        let again = try await user.run("import", "accounts", "-", "--format", "json", input: Self.accounts).json()
        Self.expect(again, ["read": 2, "inserted": 0, "updated": 0, "unchanged": 2, "rejected": 0])
    }

    @Test func `all columns that are missing are told, one a line`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run("import", "accounts", "-", input: "a,b\n1,2\n")
        #expect(run.status == 1)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.hasSuffix("[HALE-IMPORT-032]") })
        #expect(lines.first?.hasPrefix("hale: standard input: account_id: ") == true)
        #expect(lines.last?.hasPrefix("hale: standard input: name: ") == true)
    }

    @Test func `a pipe is read as a file is`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(Self.accounts, to: "accounts.csv")
        let run = try await user.shell("cat accounts.csv | \"$HALE\" import accounts -")
        #expect(run.status == 0)
        #expect(run.errors == "")
        #expect(try await Self.accountIDs(user) == ["A-1", "A-2"])
    }

    @Test func `a packed file is unpacked, and the receipt says so`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(Self.accounts, to: "accounts.csv")
        let run = try await user.shell(
            "gzip accounts.csv && \"$HALE\" import accounts accounts.csv.gz --format json")
        #expect(run.status == 0, "\(run.errors)")
        let receipt = try run.json()
        Self.expect(receipt, ["read": 2, "inserted": 2])
        #expect(receipt["source"]?.textValue?.contains("gzip") == true)
        #expect(try await Self.accountIDs(user) == ["A-1", "A-2"])
    }

    @Test func `a file of events that is in already changes nothing and says so`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let loaded = try await user.run("import", "accounts", "-", input: Self.accounts)
        #expect(loaded.status == 0)
        let calls = "account_id,occurred_at,kind\nA-1,2026-02-01,call\n"
        let first = try await user.run("import", "touchpoints", "-", "--format", "json", input: calls).json()
        Self.expect(first, ["inserted": 1])
        let second = try await user.run("import", "touchpoints", "-", "--format", "json", input: calls)
        #expect(second.status == 0)
        let receipt = try second.json()
        #expect(receipt["alreadyImported"] == .bool(true))
        Self.expect(receipt, ["inserted": 0, "updated": 0])
    }

    @Test func `bad rows refuse the file with one line each, which names file, line, column and code`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(Self.badAccounts, to: "accounts.csv")
        let run = try await user.run("import", "accounts", "accounts.csv")
        #expect(run.status == 1)
        #expect(run.output == "")
        let lines = run.errorLines
        try #require(lines.count == 3, "\(run.errors)")
        #expect(lines[0].wholeMatch(of: /hale: accounts\.csv:3: created_on: .+ \[HALE-IMPORT-[0-9]{3}\]/) != nil)
        #expect(lines[1].wholeMatch(of: /hale: accounts\.csv:4: name: .+ \[HALE-IMPORT-[0-9]{3}\]/) != nil)
        #expect(lines[2].hasPrefix("hale: 2 bad rows"))
        #expect(try await Self.accountIDs(user) == [])
    }

    @Test func `problems of one cause are one line with their count, first line and example`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        // 1,121 rows of one CSM whom nobody imported, five of others, one row with a day that does not exist.
        let rows = (1...1126).map { row in
            "A-\(row),Name,\(row <= 1121 ? "bo@example.com" : "other\(row)@example.com"),2026-02-01\n"
        }
        let text = "account_id,name,csm_email,created_on\n" + rows.joined() + "A-0,Name,,2026-02-30\n"
        let run = try await user.run("import", "accounts", "-", input: text)
        #expect(run.status == 1)
        #expect(run.output == "")
        let lines = run.errorLines
        try #require(lines.count == 3, "\(run.errors)")
        // The day is found while rows are read, the CSMs in the database; the most rows come first.
        #expect(
            lines[0] == "hale: standard input:2: csm_email: CSM \"bo@example.com\" is not known: import csms first, "
                + "or use --create-missing csms (the like on 1125 more rows) [HALE-IMPORT-024]")
        #expect(
            lines[1] == "hale: standard input:1128: created_on: 30 February does not exist (\"2026-02-30\") "
                + "[HALE-IMPORT-022]")
        #expect(
            lines[2]
                == "hale: 1127 bad rows, nothing imported: correct the file, or leave these rows out with "
                + "--skip-bad 1127")
    }

    @Test func `few values of a cause are told apart, each with its rows`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let text = """
            account_id,name,csm_email
            A-1,One,bo@example.com
            A-2,Two,al@example.com
            A-3,Three,bo@example.com
            A-4,Four,bo@example.com

            """
        let run = try await user.run("import", "accounts", "-", "--format", "json", input: text)
        #expect(run.status == 1)
        let answer = try run.json()
        #expect(answer["imported"] == .bool(false))
        #expect(answer["badRows"] == .number(4))
        let causes = try #require(answer["causes"]?.elements)
        #expect(causes.map { $0["rows"] } == [.number(3), .number(1)])
        #expect(causes.map { $0["firstLine"] } == [.number(2), .number(3)])
        #expect(causes.map { $0["code"] } == [.text("HALE-IMPORT-024"), .text("HALE-IMPORT-024")])
        #expect(causes[0]["reason"]?.textValue?.contains("bo@example.com") == true)
        #expect(run.errorLines.count == 3)
    }

    @Test func `rows left out are named by cause in the receipt, and all are kept`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let rows = (1...30).map { "A-\($0),Name,2026-02-30\n" }
        let text = "account_id,name,created_on\n" + rows.joined() + "A-31,Name,2026-02-01\n"
        let run = try await user.run(
            "import", "accounts", "-", "--skip-bad", "30", "--format", "json", input: text)
        #expect(run.status == 0, "\(run.errors)")
        let receipt = try run.json()
        Self.expect(receipt, ["read": 31, "inserted": 1, "rejected": 30])
        let causes = try #require(receipt["causes"]?.elements)
        #expect(causes.map { $0["rows"] } == [.number(30)])
        let number = try #require(receipt["receipt"]?.numberValue)
        let rejects = try await user.run("import", "rejects", "\(Int(number))", "--format", "csv")
        // The header and every row.
        #expect(rejects.outputLines.count == 31)
    }

    @Test func `a column is taken from the header that --column names`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let text = "Customer,account_id,Title\nA-1,wrong,Acme\nA-2,wrong,Bolt\n"
        let refused = try await user.run("import", "accounts", "-", input: text)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("--column name=HEADER"))
        let run = try await user.run(
            "import", "accounts", "-", "--column", "account_id=Customer", "--column", "name=Title", input: text)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("columns not used: account_id"))
        #expect(try await Self.accountIDs(user) == ["A-1", "A-2"])
        let shown = try await user.run("import", "show", "1", "--format", "json").json()
        #expect(shown["mapping"] == .text("--column account_id=Customer --column name=Title"))
    }

    @Test(arguments: [
        (["--column", "segmnt=Title"], "--column: the kind accounts has no column segmnt; nearest: segment"),
        (["--column", "name=Titel"], "--column: name: standard input has no column Titel (nearest: Title)"),
        (["--column", "name=Title", "--column", "name=Customer"], "--column: name is given twice; keep one of them"),
    ])
    func `a column or header that is not there is named, with the nearest`(
        options: [String], problem: String
    ) async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run(
            ["import", "accounts", "-", "--column", "account_id=Customer"] + options,
            input: "Customer,Title\nA-1,Acme\n")
        #expect(run.status == 1)
        #expect(run.errors.contains(problem), "\(run.errors)")
    }

    @Test func `bad rows are left out as far as asked for`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let refused = try await user.run("import", "accounts", "-", "--skip-bad", "1", input: Self.badAccounts)
        #expect(refused.status == 1)
        #expect(try await Self.accountIDs(user) == [])
        let run = try await user.run(
            "import", "accounts", "-", "--skip-bad", "2", "--format", "json", input: Self.badAccounts)
        #expect(run.status == 0, "\(run.errors)")
        Self.expect(try run.json(), ["read": 3, "inserted": 1, "rejected": 2])
        #expect(try await Self.accountIDs(user) == ["A-1"])
    }

    @Test func `a dry run prints the receipt and writes nothing`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run("import", "accounts", "-", "--dry-run", "--format", "json", input: Self.accounts)
        #expect(run.status == 0)
        let receipt = try run.json()
        #expect(receipt["dryRun"] == .bool(true))
        Self.expect(receipt, ["read": 2, "inserted": 2])
        #expect(try await Self.accountIDs(user) == [])
    }

    @Test(arguments: [("missing.csv", "missing.csv"), ("folder", "folder"), ("-", "standard input")])
    func `a file that cannot be read is one line with its name and a code`(path: String, shown: String) async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.shell("mkdir folder; \"$HALE\" import accounts \(path) </dev/null")
        #expect(run.status == 1)
        #expect(run.output == "")
        #expect(run.errorLines.count == 1)
        #expect(run.errors.hasPrefix("hale: \(shown): "))
        #expect(run.errors.contains("[HALE-IMPORT-"))
    }

    @Test func `an account that nobody imported is refused with its row`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run(
            "import", "usage", "-", input: "account_id,occurred_at\nA-404,2026-01-01\n")
        #expect(run.status == 1)
        #expect(run.errorLines.first?.hasPrefix("hale: standard input:2: account_id: ") == true)
        #expect(run.errors.contains("A-404"))
    }
}
