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

    @Test func `of many problems the first twenty are shown and the rest counted`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let rows = (1...25).map { "A-\($0),Name,2026-02-30\n" }
        let run = try await user.run(
            "import", "accounts", "-", input: "account_id,name,created_on\n" + rows.joined())
        #expect(run.status == 1)
        let lines = run.errorLines
        try #require(lines.count == 21, "\(run.errors)")
        // The header is line 1, so the twentieth row is line 21.
        #expect(lines[19].hasPrefix("hale: standard input:21: created_on: "))
        #expect(lines[20].hasPrefix("hale: 5 more problems"))
        #expect(lines[20].contains("25"))
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
