import HaleTestSupport
import Testing

/// `hale db distribute` from the outside, on a server without Citus.
@Suite(.database) struct `The distribute command` {
    @Test func `the check finds nothing, says what it did not look at, and is 0`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run("db", "distribute", "--check")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("nothing in the schema stops"))
        #expect(run.output.contains("Not checked:"))
        let answer = try await user.run("db", "distribute", "--check", "--format", "json").json()
        #expect(answer["problems"]?.elements?.isEmpty == true)
        #expect((answer["tables"]?.elements?.count ?? 0) > 15)
        #expect((answer["notChecked"]?.elements?.count ?? 0) >= 3)
    }

    @Test func `the check names what is in the way and what to do, and is 3`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        _ = try await TestDatabase.shared.query("create unique index one_name on hale_data.account (name)")
        for option in [["--check"], ["--dry-run"], []] {
            let run = try await user.run(["db", "distribute"] + option)
            #expect(run.status == 3)
            #expect(run.output.contains("account.one_name"))
            #expect(run.output.contains("begin the index with account_id"))
        }
    }

    @Test func `a dry run prints the statements, and nothing is done without Citus`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let dry = try await user.run("db", "distribute", "--dry-run")
        #expect(dry.status == 0)
        #expect(dry.outputLines.allSatisfy { $0.hasPrefix("select create_") && $0.hasSuffix(";") })
        #expect(dry.outputLines.count > 15)
        let run = try await user.run("db", "distribute")
        #expect(run.status == 1)
        #expect(run.output == "")
        #expect(run.errorLines.count == 1)
        #expect(run.errors.contains("HALE-STORE-015"))
        #expect(run.errors.contains("citus"))
    }

    @Test func `the check and the dry run do not go together`() async throws {
        let run = try await CommandLineUser(["PGHOST": "/nonexistent"]).run("db", "distribute", "--check", "--dry-run")
        #expect(run.status == 2)
    }
}
