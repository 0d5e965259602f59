import HaleTestSupport
import Testing

/// Names as people type them: commands, accounts, CSMs, contracts and rules.
@Suite struct `Names as people type them` {
    /// Arguments, and what may have been meant.
    private static let misspelt: [([String], String)] = [
        (["acounts", "list"], "there is no command \"hale acounts\"; did you mean hale accounts?"),
        (["accounts", "lst"], "there is no command \"hale accounts lst\"; did you mean hale accounts list?"),
        (["alert"], "did you mean hale alerts?"), (["help", "acounts"], "did you mean hale accounts?"),
        (["receivers", "rotate-secrets", "x"], "did you mean hale receivers rotate-secret?"),
        (["db", "migration"], "did you mean hale db migrate?"),
        (["forecast", "acuracy"], "did you mean hale forecast accuracy?"),
        (["import", "listt"], "did you mean hale import list?"),
        (["import", "acounts", "a.csv"], "there is no kind \"acounts\": did you mean accounts?"),
        (["astrology"], "there are demo, morning, tasks, score"),
    ]

    @Test(arguments: misspelt.indices) func `a command that is misspelt is answered with the likeliest`(
        number: Int
    ) async throws {
        let (arguments, hint) = Self.misspelt[number]
        // Asking this server would fail with status 1.
        let run = try await CommandLineUser(["PGHOST": "/nonexistent"]).run(arguments)
        #expect(run.status == 2)
        #expect(run.output == "" && run.errorLines.count == 1, "\(run.errors)")
        #expect(run.errors.contains(hint), "\(run.errors)")
    }

    /// What is typed for A-1, which is called Acme; A-12 begins alike, and A-3 has another name.
    @Test(.database, arguments: ["A-1", "a-1", "acme", "ACME", "cm"])
    func `an account is found by its id in any case, its name or a part of it`(typed: String) async throws {
        let user = try await SmallPortfolio.user()
        for arguments in [
            ["accounts", "show", typed], ["accounts", "why", typed, "--since", "2026-03-01"],
            ["alerts", "list", "--account", typed],
        ] {
            let run = try await user.run(arguments + ["--format", "json"])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("\"A-1\"") || run.output.contains("\"alerts\": []"), "\(run.output)")
        }
        let pulse = try await user.run("accounts", "pulse", typed, "--value", "2", "--format", "json")
        #expect(pulse.status == 0 && pulse.output.contains("\"A-1\""), "\(pulse.everything)")
    }

    @Test(.database) func `what several accounts may be is asked, and what none is is refused`() async throws {
        let user = try await SmallPortfolio.user()
        let several = try await user.run("accounts", "show", "a-")
        #expect(several.status == 1 && several.output == "")
        #expect(several.errors.contains("HALE-CLI-024") && several.errors.contains("A-1 Acme; A-2 =1+1"))
        let none = try await user.run("accounts", "show", "zzz")
        #expect(none.status == 1 && none.errors.contains("HALE-CLI-001"))
        // Who is meant by a part of a name is said.
        let part = try await user.run("accounts", "show", "cm")
        #expect(part.errors == "hale: \"cm\" is account A-1, Acme\n")
    }

    @Test(.database) func `an id that another one begins with is that id`() async throws {
        let user = try await SmallPortfolio.user()
        let accounts = "account_id,name\nA-11,Eleven\na-1,Small letters\n"
        #expect(try await user.run("import", "accounts", "-", input: accounts).status == 0)
        for id in ["A-1", "a-1", "A-11"] {
            #expect(try await user.run("accounts", "show", id, "--format", "json").json()["accountId"] == .text(id))
        }
        #expect(try await user.run("accounts", "show", "A-11").errors == "")
    }

    @Test(.database) func `lists are narrowed to a CSM and a segment, and by HALE_CSM where nobody asks`() async throws
    {
        let user = try await SmallPortfolio.user()
        func ids(_ arguments: [String], _ variables: [String: String] = [:]) async throws -> [String] {
            let run = try await user.run(
                ["accounts", "list", "--format", "json"] + arguments, variables: variables)
            #expect(run.status == 0, "\(run.errors)")
            return try run.json()["accounts"]?.elements?.compactMap { $0["accountId"]?.textValue } ?? []
        }
        let ana = ["HALE_CSM": "ana@example.com"]
        #expect(try await ids([]) == ["A-1", "A-2", "A-3"])
        #expect(try await ids(["--csm", "ana@example.com"]) == ["A-1", "A-2"])
        #expect(try await ids(["--csm", "Ana"]) == ["A-1", "A-2"])
        #expect(try await ids(["--csm", "ANA@exam"]) == ["A-1", "A-2"])
        #expect(try await ids([], ana) == ["A-1", "A-2"])
        #expect(try await ids(["--csm", "all"], ana) == ["A-1", "A-2", "A-3"])
        #expect(try await ids(["--segment", "Enterprise"], ana) == ["A-1"])
        let table = try await user.run(["accounts", "list"], variables: ana)
        #expect(table.output.contains("as HALE_CSM says: --csm all shows all"))
        let unknown = try await user.run("accounts", "list", "--segment", "enterprize")
        #expect(unknown.status == 1 && unknown.errors.contains("did you mean enterprise?"), "\(unknown.errors)")
        #expect(try await user.run("accounts", "list", "--csm", "nobody").errors.contains("HALE-CLI-002"))
    }

    @Test(.database) func `the forecast, the alerts and the overrides are narrowed alike`() async throws {
        let user = try await SmallPortfolio.user()
        func contracts(_ arguments: String...) async throws -> JSONAnswer? {
            try await user.run(["forecast", "--format", "json"] + arguments).json()["total"]?["contracts"]
        }
        // C-1 is Acme's, of ana's; C-2 ended.
        let all = try await contracts()
        #expect(try await contracts("--csm", "ana") == all)
        #expect(try await contracts("--segment", "smb") == .number(0))
        #expect(
            try await user.run(
                "accounts", "override", "a-1", "--band", "red", "--until", "2026-04-01", "--reason", "x", "--by",
                "ana@example.com"
            ).status == 0)
        for (segment, count) in [("enterprise", 1), ("smb", 0)] {
            let run = try await user.run("accounts", "overrides", "--segment", segment, "--format", "json")
            #expect(try run.json()["overrides"]?.elements?.count == count)
            #expect(try await user.run("alerts", "list", "--segment", segment, "--format", "json").status == 0)
        }
    }

    @Test(.database) func `a rule is explained in any case, and a contract found`() async throws {
        let user = try await SmallPortfolio.user()
        let rule = try await user.run("rules", "explain", "usagecliff", "--format", "json")
        #expect(rule.status == 0 && rule.output.contains("UsageCliff"), "\(rule.everything)")
        let entry = try await user.run(
            "forecast", "set", "c-1", "--category", "commit", "--by", "ana@example.com", "--dry-run")
        #expect(entry.status == 0 && entry.output.contains("C-1"), "\(entry.everything)")
    }
}
