import HaleTestSupport
import Testing

/// `hale import list`, `show`, `rejects`, `replay`, `undo` and `presets`, and `hale people erase`, from the outside.
@Suite(.database) struct `The commands of import history` {
    private static let accounts = "account_id,name,csm_email\nA-1,Acme,\nA-2,Bolt,ana@example.com\n"

    /// Somebody who left out the account of a CSM that is not known yet.
    private func userWithRejects() async throws -> CommandLineUser {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(Self.accounts, to: "accounts.csv")
        let run = try await user.run("import", "accounts", "accounts.csv", "--skip-bad", "1")
        #expect(run.status == 0, "\(run.errors)")
        return user
    }

    @Test func `the reasons of a rejected row stand in the order of its columns`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write("account_id,name,created_on\nA-1,,31/02/2025\nA-2,Bolt,13/02/2025\n", to: "accounts.csv")
        #expect(try await user.run("import", "accounts", "accounts.csv", "--skip-bad", "1").status == 0)
        let rejects = try await user.run("import", "rejects", "1", "--format", "json").json()
        let reject = try #require(rejects["rejects"]?.elements?.first)
        #expect(
            Array(reject["columns"]?.textValue?.split(separator: "; ") ?? []) == ["created_on", "name"], "\(reject)")
        #expect(
            reject["reasons"]?.textValue == "31 February does not exist (\"31/02/2025\"); a value is needed here",
            "\(reject)")
    }

    @Test func `a receipt is listed and shown`() async throws {
        let user = try await userWithRejects()
        let list = try await user.run("import", "list", "--format", "json").json()
        let receipts = try #require(list["imports"]?.elements)
        #expect(receipts.count == 1)
        let receipt = receipts[0]
        #expect(receipt["kind"] == .text("accounts"))
        #expect(receipt["file"] == .text("accounts.csv"))
        for (key, count) in [("receipt", 1), ("read", 2), ("inserted", 1), ("rejected", 1), ("waiting", 1)] {
            #expect(receipt[key] == .number(Double(count)), "\(key)")
        }
        #expect(receipt["startedAt"]?.textValue?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
        #expect(try await user.run("import", "show", "1", "--format", "json").json() == receipt)
        let shown = try await user.run("import", "show", "1")
        #expect(shown.output.contains("accounts.csv"))
        #expect(try await user.run("import", "list").output.contains("accounts.csv"))
    }

    @Test func `rejected rows are printed as a file, and go in once the CSM is there`() async throws {
        let user = try await userWithRejects()
        let rejects = try await user.run("import", "rejects", "1", "--format", "csv")
        #expect(
            rejects.output == """
                rejected_line,rejected_column,rejected_reason,account_id,name,csm_email
                3,"csm_email","CSM ""ana@example.com"" is not known: import csms first, or use --create-missing csms",A-2,Bolt,ana@example.com

                """)
        #expect(try await user.run("import", "csms", "-", input: "email\nana@example.com\n").status == 0)
        let rehearsed = try await user.run("import", "replay", "1", "--dry-run", "--format", "json").json()
        #expect(rehearsed["inserted"] == .number(1))
        #expect(rehearsed["dryRun"] == .bool(true))
        let replayed = try await user.run("import", "replay", "1", "--format", "json")
        #expect(replayed.status == 0, "\(replayed.errors)")
        #expect(try replayed.json()["inserted"] == .number(1))
        #expect(try replayed.json()["replayOf"] == .number(1))
        let rest = try await user.run("import", "rejects", "1", "--format", "json").json()
        #expect(rest["rejects"]?.elements?.isEmpty == true)
    }

    @Test func `an undo is rehearsed, done and refused the second time`() async throws {
        let user = try await userWithRejects()
        let rehearsed = try await user.run("import", "undo", "1", "--dry-run")
        #expect(rehearsed.output.contains("would be undone, 1 rows taken back"))
        let undone = try await user.run("import", "undo", "1", "--format", "json")
        #expect(undone.status == 0, "\(undone.errors)")
        #expect(try undone.json()["removed"] == .number(1))
        let list = try await user.run("accounts", "list", "--format", "json").json()
        #expect(list["accounts"]?.elements?.isEmpty == true)
        let again = try await user.run("import", "undo", "1")
        #expect(again.status == 1)
        #expect(again.errorLines.count == 1)
        #expect(again.errors.hasPrefix("hale: HALE-IMPORT-041: "))
        let repeated = try await user.run("import", "accounts", "accounts.csv", "--skip-bad", "1", "--format", "json")
        #expect(try repeated.json()["inserted"] == .number(1))
    }

    private static let subscriptions = """
        id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start Date (UTC)
        sub_1,A-1,Basic,2,eur,month,10.00,active,2025-06-01 08:00,2025-06-01 08:00

        """

    @Test(arguments: [
        ["import", "--preset", "stripe-subscriptions", "subscriptions.csv"],
        ["import", "contracts", "subscriptions.csv", "--preset", "stripe-subscriptions"],
        ["import", "file", "subscriptions.csv", "--preset", "stripe-subscriptions"],
    ])
    func `a preset brings its kind`(arguments: [String]) async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(Self.subscriptions, to: "subscriptions.csv")
        #expect(try await user.run("import", "accounts", "-", input: "account_id,name\nA-1,Acme\n").status == 0)
        let run = try await user.run(arguments + ["--format", "json"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try run.json()["inserted"] == .number(1))
        #expect(try run.json()["kind"] == .text("contracts"))
    }

    @Test func `a preset of another kind is refused`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(Self.subscriptions, to: "subscriptions.csv")
        let run = try await user.run("import", "accounts", "subscriptions.csv", "--preset", "stripe-subscriptions")
        #expect(run.status == 1)
        #expect(run.errors.contains("preset stripe-subscriptions: is for contracts, not for accounts"))
    }

    @Test func `a printed preset is a mapping file that does the same`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(Self.subscriptions, to: "subscriptions.csv")
        #expect(try await user.run("import", "accounts", "-", input: "account_id,name\nA-1,Acme\n").status == 0)
        let run = try await user.shell(
            "\"$HALE\" import presets stripe-subscriptions >map.yaml && "
                + "\"$HALE\" import contracts subscriptions.csv --map map.yaml --format json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try run.json()["inserted"] == .number(1))
    }

    @Test func `a person is erased, and what remains is said`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        #expect(try await user.run("import", "accounts", "-", input: "account_id,name\nA-1,Acme\n").status == 0)
        let people = "person_id,account_id,name,email\nP-1,A-1,Zoë,zoe@example.com\n"
        #expect(try await user.run("import", "people", "-", input: people).status == 0)
        let rehearsed = try await user.run("people", "erase", "P-1", "--dry-run")
        #expect(rehearsed.output.hasPrefix("person P-1 of account A-1 would be erased"))
        let erased = try await user.run("people", "erase", "P-1", "--account", "A-1")
        #expect(erased.status == 0, "\(erased.errors)")
        #expect(erased.output.contains("Backups made before still hold the data until they expire."))
        #expect(erased.output.contains("Importing a file that names the person again"))
        let again = try await user.run("people", "erase", "P-1")
        #expect(again.status == 1)
        #expect(again.errors.hasPrefix("hale: HALE-PEOPLE-001: "))
    }
}
