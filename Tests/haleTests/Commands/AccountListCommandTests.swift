import HaleTestSupport
import Testing

/// `hale accounts list`: which accounts, in which order, how many.
@Suite struct `The list of accounts` {
    private static func list(_ user: CommandLineUser, _ arguments: String...) async throws -> JSONAnswer {
        let run = try await user.run(["accounts", "list", "--format", "json"] + arguments)
        #expect(run.status == 0, "\(run.errors)")
        return try run.json()
    }

    private static func ids(_ user: CommandLineUser, _ arguments: String...) async throws -> [String] {
        let run = try await user.run(["accounts", "list", "--format", "json"] + arguments)
        #expect(run.status == 0, "\(run.errors)")
        return try run.json()["accounts"]?.elements?.compactMap { $0["accountId"]?.textValue } ?? []
    }

    /// Acme renews on 2026-05-01; of the two that are added Beta on 2026-04-10, and Gamma has given notice.
    private static func user() async throws -> CommandLineUser {
        let user = try await SmallPortfolio.user()
        let accounts = "account_id,name\nB-1,Beta\nG-1,Gamma\n"
        let contracts = """
            contract_id,account_id,arr,currency,starts_on,ends_on,auto_renew,notice_given_on
            C-3,B-1,90000,EUR,2025-04-10,2026-04-10,false,
            C-4,G-1,300,EUR,2025-06-10,2026-06-10,true,2026-02-01

            """
        #expect(try await user.run("import", "accounts", "-", input: accounts).status == 0)
        #expect(try await user.run("import", "contracts", "-", input: contracts).status == 0)
        #expect(try await user.run("score", "--as-of", SmallPortfolio.day, "--again").status == 0)
        return user
    }

    @Test(.database) func `it is narrowed by the next renewal and by the reason of a band`() async throws {
        let user = try await Self.user()
        #expect(try await Self.ids(user, "--renews-before", "2026-06-10").filter { $0 != "A-2" } == ["A-1", "B-1"])
        #expect(try await Self.ids(user, "--renews-before", "2026-05-01").filter { $0 != "A-2" } == ["B-1"])
        for word in ["notice_given", "Notice-Given"] {
            #expect(try await Self.ids(user, "--reason", word) == ["G-1"])
        }
        #expect(try await Self.ids(user, "--reason", "usage_cliff") == [])
        // Of Beta nothing but its contract is known.
        #expect(try await Self.ids(user, "--band", "UNKNOWN").contains("B-1"))
        #expect(try await Self.ids(user, "--band", "green") == [])
    }

    @Test(.database) func `it is sorted, and what an account does not have comes last`() async throws {
        let user = try await Self.user()
        #expect(try await Self.ids(user) == ["A-1", "A-2", "A-3", "B-1", "G-1"])
        #expect(try await Self.ids(user, "--sort", "name") == ["A-2", "A-1", "B-1", "G-1", "A-3"])
        #expect(try await Self.ids(user, "--sort", "arr").prefix(2) == ["B-1", "A-1"])
        let renewing = try await Self.ids(user, "--sort", "renews").filter { $0 != "A-2" }
        #expect(renewing == ["B-1", "A-1", "G-1", "A-3"])
        // Too little is known of the others; Gamma is red as notice was given.
        #expect(try await Self.ids(user, "--sort", "band") == ["G-1", "A-1", "A-2", "A-3", "B-1"])
        #expect(try await Self.ids(user, "--sort", "score").suffix(3) == ["A-2", "A-3", "B-1"])
    }

    @Test(.database) func `a limit shows the first of them, and the counts stay`() async throws {
        let user = try await Self.user()
        let answer = try await Self.list(user, "--renews-before", "2030-01-01", "--sort", "arr", "--limit", "1")
        #expect(answer["accounts"]?.elements?.count == 1)
        #expect(answer["total"] == .number(5))
        let matching = try await Self.ids(user, "--renews-before", "2030-01-01").count
        #expect(answer["matching"] == .number(Double(matching)) && matching >= 3)
        let run = try await user.run(
            "accounts", "list", "--sort", "arr", "--limit", "2", "--renews-before", "2030-01-01")
        #expect(run.output.contains("\(matching) of 5 accounts"), "\(run.output)")
        #expect(run.output.contains("the first 2 by arr are shown"), "\(run.output)")
    }

    @Test(.database) func `an unknown word is refused with the nearest one`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        for (arguments, hint) in [
            (["--sort", "reniews"], "there is no order \"reniews\": did you mean renews?"),
            (["--band", "ambr"], "there is no band \"ambr\": did you mean amber?"),
            (["--reason", "notice"], "there is no reason \"notice\": "),
            (["--sort", "zzzzzz"], "use one of id, name, band, score, change, arr, renews"),
        ] {
            let run = try await user.run(["accounts", "list"] + arguments)
            #expect(run.status == 2 && run.output == "" && run.errorLines.count == 1, "\(run.everything)")
            #expect(run.errors.contains("HALE-CLI-034") && run.errors.contains(hint), "\(run.errors)")
        }
        #expect(try await user.run("accounts", "list", "--limit", "0").status == 2)
    }

    @Test(.database) func `accounts are found by name where they are scored, silenced, and people erased`() async throws
    {
        let user = try await SmallPortfolio.user()
        let run = try await user.run(
            "score", "--as-of", SmallPortfolio.day, "--accounts", "acme, a-2", "--format", "json")
        #expect(run.status == 0, "\(run.everything)")
        #expect(try run.json()["days"]?.elements?.first?["accounts"] == .number(2), "\(run.output)")
        let silence = try await user.run(
            "alerts", "silence", "account=acme", "--for-hours", "1", "--reason", "x", "--by", "ana@example.com")
        #expect(silence.status == 0 && silence.output.contains("account=A-1"), "\(silence.everything)")
        let person = try await user.run("people", "erase", "P-1", "--account", "acme", "--dry-run", "--format", "json")
        #expect(person.status == 0 && person.output.contains("\"A-1\""), "\(person.everything)")
    }
}
