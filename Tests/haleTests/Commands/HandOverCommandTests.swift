import HaleTestSupport
import Postgres
import Testing

/// Handing accounts over from the command line, and what CSMs have.
@Suite(.database) struct `The commands of hand-overs` {
    private func portfolio() async throws -> CommandLineUser {
        let user = try await SmallPortfolio.user()
        let run = try await user.run("import", "csms", "-", input: "email,name\nben@example.com,Ben\n")
        #expect(run.status == 0, "\(run.errors)")
        return user
    }

    private func morning(_ csm: String, _ user: CommandLineUser, date: String = SmallPortfolio.day) async throws -> Int
    {
        let answer = try await user.run("morning", "--csm", csm, "--date", date, "--format", "json").json()
        return (answer["csms"]?.elements ?? []).reduce(0) {
            $0 + ($1["planned"]?.elements?.count ?? 0) + ($1["cut"]?.elements?.count ?? 0)
        }
    }

    @Test func `hand an account over for good, say so with a note, and back`() async throws {
        let user = try await portfolio()
        let before = try await morning("ana", user)
        #expect(before > 0)
        let rehearsed = try await user.run("accounts", "assign", "--all-of", "ana", "--to", "Ben", "--dry-run")
        #expect(rehearsed.output.contains("2 accounts would go to ben@example.com for good"))
        #expect(try await morning("ana", user) == before)
        let given = try await user.run(
            "accounts", "assign", "a-1", "A-2", "--to", "ben", "--note", "new region", "--by", "ana@example.com")
        #expect(given.status == 0, "\(given.errors)")
        #expect(given.output.contains("2 accounts go to ben@example.com for good"))
        #expect(try await morning("ana", user) == 0)
        #expect(try await morning("ben", user) == before)
        let notes = try await TestDatabase.shared.query(
            "select note || ' ' || noted_by as note from hale_data.account_note")
        #expect(
            try notes.map { try $0.decode("note", as: String.self) }
                == Array(
                    repeating: "handed over from ana@example.com to ben@example.com: new region ana@example.com",
                    count: 2))
        let back = try await user.run("accounts", "assign", "--all-of", "ben", "--to", "ana", "--format", "json").json()
        #expect(back["accounts"]?.elements?.count == 2)
        #expect(try await morning("ana", user) == before)
    }

    @Test func `refuse in one line what cannot be meant`() async throws {
        let user = try await portfolio()
        let refusals: [(arguments: [String], code: String, status: Int32)] = [
            (["A-9", "--to", "ben"], "HALE-STORE-010", 1), (["A-1", "--to", "zoe"], "HALE-CLI-002", 1),
            (["A-1", "--to", "ben", "--from", "2199-01-01"], "HALE-CLI-038", 1),
            (["A-1", "--to", "ben", "--from", "2199-01-02", "--until", "2199-01-01"], "HALE-CLI-039", 1),
            (["A-1", "--to", "ben", "--until", "2026-01-01"], "HALE-CLI-040", 1),
            (["A-1", "--to", "ben", "--from", "2197-01-01", "--until", "2199-01-01"], "HALE-CLI-041", 1),
            (["--all-of", "ben", "--to", "ana"], "HALE-CLI-042", 1),
            (["--all-of", "ana", "--to", "ana"], "HALE-CLI-043", 1),
        ]
        for (arguments, code, status) in refusals {
            let run = try await user.run(["accounts", "assign"] + arguments)
            #expect(run.status == status && run.errorLines.count == 1 && run.errors.contains(code), "\(run.errors)")
        }
        for arguments in [
            ["--to", "ben"], ["A-1", "--all-of", "ana", "--to", "ben"], ["A-1", "--to", "ben", "--note", " "],
        ] {
            #expect(try await user.run(["accounts", "assign"] + arguments).status == 2)
        }
    }

    @Test func `show what each CSM has, who is away and who covers`() async throws {
        let user = try await portfolio()
        // Far ahead, so that the day of the run is no matter.
        let cover = ["accounts", "assign", "A-1", "--to", "ben", "--from", "2198-12-24", "--until", "2199-01-03"]
        #expect(try await user.run(cover).status == 0)
        let list = try await user.run("csms", "list", "--as-of", "2199-01-03", "--format", "json").json()
        let csms = list["csms"]?.elements ?? []
        #expect(
            csms.map { "\($0["email"]?.textValue ?? "-") \(Int($0["accounts"]?.numberValue ?? -1))" } == [
                "ana@example.com 1", "ben@example.com 1", "- 1",
            ])
        let absence: JSONAnswer = .object([
            "csm": .text("ana@example.com"), "covering": .text("ben@example.com"), "from": .text("2198-12-24"),
            "until": .text("2199-01-03"), "accounts": .number(1),
        ])
        #expect(list["absences"]?.elements == [absence])
        let after = try await user.run("csms", "list", "--as-of", "2199-01-04", "--format", "json").json()
        #expect(after["absences"]?.elements?.isEmpty == true)
        #expect(after["csms"]?.elements?.first?["accounts"] == .number(2))

        let ben = try await user.run("csms", "show", "ben", "--as-of", "2199-01-03", variables: ["COLUMNS": "120"])
        #expect(ben.output.contains("ben@example.com: 1 account, 1 of them covered for others"))
        #expect(ben.output.contains("covering for ana@example.com until 2199-01-03"))
        let ana = try await user.run("csms", "show", "ana", "--as-of", "2199-01-03", variables: ["COLUMNS": "120"])
        #expect(ana.output.contains("ben@example.com covers until 2199-01-03"))
        #expect(ana.output.contains("Alto") == false && ana.output.contains("A-2"))
        _ = try await TestDatabase.shared.query(
            """
            insert into hale_data.account_cover (account_id, csm_id, starts_on, until_on)
            select account_id, (select csm_id from hale_data.csm where email = 'ben@example.com'), '2026-03-02', '2026-03-03'
            from hale_data.account
            where external_id = 'A-1'
            """)
        let answer = try await user.run("accounts", "list", "--format", "json").json()
        let account = try #require(answer["accounts"]?.elements?.first)
        #expect(account["csm"] == .text("ben@example.com"))
        #expect(account["coveredCsm"] == .text("ana@example.com"))
        #expect(account["coveredUntil"] == .text("2026-03-03"))
        let shown = try await user.run("accounts", "show", "A-1")
        #expect(shown.output.contains("ben@example.com, covering for ana@example.com until 2026-03-03"))
    }
}
