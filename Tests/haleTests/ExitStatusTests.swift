import HaleTestSupport
import Postgres
import Testing

/// Exit status 0 done, 1 failed, 2 wrong usage, 3 found problems; data on standard output, all else on standard error.
@Suite struct `The exit status` {
    /// Arguments, and what the first line of the error must name.
    private static let wrongUsages: [([String], String)] = [
        (["--colour"], "--colour"), (["astrology"], "astrology"),
        (["accounts", "list", "--as-of", "2026-02-30"], "2026-02-30"),
        (["accounts", "list", "--as-of", "20260301"], "20260301"),
        (["accounts", "list", "--as-of"], "--as-of"),
        (["accounts", "list", "--format", "xml"], "xml"),
        (["accounts", "show"], "account"),
        (["morning", "--date", "soon"], "soon"),
        (["score", "--from", "2026-03-01"], "--to"),
        (["score", "--from", "2026-03-02", "--to", "2026-03-01"], "2026-03-02"),
        (["score", "--as-of", "2026-03-01", "--from", "2026-03-01", "--to", "2026-03-01"], "--as-of"),
        (["import"], "kind"), (["import", "horoscopes", "-"], "horoscopes"),
        (["import", "accounts", "-", "--create-missing", "people"], "--create-missing"),
        (["import", "accounts.csv"], "kind"), (["import", "--preset", "stripe", "a.csv"], "stripe"),
        (["import", "a.csv", "--preset", "stripe-invoices", "--map", "m.yaml"], "--preset"),
        (["import", "show", "first"], "first"), (["import", "undo"], "receipt"),
        (["import", "list", "--limit", "0"], "--limit"),
        (["people", "erase"], "person"),
        (["import", "accounts", "-", "--date-format", "ymd"], "ymd"),
        (["config", "set", "colour", "red"], "colour"),
        (["db", "down", "now"], "now"),
        (["forecast", "--by", "csm", "--svg", "a.svg"], "--by csm"),
        (["forecast", "--by", "segment", "--svg", "-"], "--by segment"),
        (["retention", "--by", "cohort", "--svg", "a.svg"], "--by cohort"),
        (["serve", "--connections", "0"], "--connections 0"), (["serve", "--idle-seconds", "0"], "--idle-seconds 0"),
    ]

    /// Arguments that fail on an empty database, and what the error must name.
    private static let failures: [([String], String)] = [
        (["accounts", "show", "A-404"], "A-404"),
        (["morning", "--csm", "nobody@example.com"], "nobody@example.com"),
        (["morning"], "hale score"),
        (["config", "set", "time_zone", "Mars/Olympus"], "Mars/Olympus"),
        (["import", "show", "404"], "404"), (["import", "rejects", "404"], "404"),
        (["import", "replay", "404"], "404"),
        (["import", "undo", "404"], "404"), (["people", "erase", "P-404"], "P-404"),
    ]

    @Test(arguments: [["--version"], ["--help"], ["accounts", "list", "--help"], ["help", "morning"]])
    func `asking for help is no error`(arguments: [String]) async throws {
        let run = try await CommandLineUser().run(arguments)
        #expect(run.status == 0)
        #expect(!run.output.isEmpty)
        #expect(run.errors == "")
    }

    /// Arguments that fail, the status, the code and what the message must name.
    private static let failuresInJSON: [([String], Int32, String?, String)] = [
        (["accounts", "show", "A-404"], 1, "HALE-CLI-001", "A-404"),
        (["import", "show", "404"], 1, "HALE-IMPORT-040", "404"),
        (["import", "accounts", "missing.csv"], 1, "HALE-IMPORT-001", "no such file"),
        (["import", "horoscopes", "-"], 2, "HALE-CLI-005", "horoscopes"),
        (["accounts", "list", "--as-of", "soon"], 2, nil, "soon"),
    ]

    @Test(.database, arguments: failuresInJSON.indices)
    func `who asks for JSON gets what went wrong as JSON too`(number: Int) async throws {
        let (arguments, status, code, culprit) = Self.failuresInJSON[number]
        for format in [["--format", "json"], ["--format=json"]] {
            let run = try await CommandLineUser.ofTestDatabase().run(arguments + format)
            #expect(run.status == status)
            let error = try #require(try run.json()["errors"]?.elements?.first, "\(run.everything)")
            #expect(error["code"]?.textValue == code, "\(run.output)")
            #expect(error["message"]?.textValue?.contains(culprit) == true, "\(run.output)")
            #expect(error["message"]?.textValue?.contains("HALE-") == false)
            #expect(!run.errors.isEmpty)
        }
    }

    @Test func `who asks for JSON gets every place in a file that is wrong`() async throws {
        let user = try CommandLineUser(["PGHOST": "/nonexistent"])
        let file = "alerts/receivers.yaml"
        try user.write("routes: []\ncolour: red\nadministrators: ''\n", to: file)
        let run = try await user.run("receivers", "list", "--format", "json")
        #expect(run.status == 1)
        let errors = try #require(try run.json()["errors"]?.elements)
        #expect(errors.map { $0["code"] } == [.text("HALE-DELIVERY-003"), .text("HALE-DELIVERY-005")])
        #expect(errors.map { $0["file"] } == [.text(file), .text(file)])
        #expect(errors.map { $0["line"] } == [.number(2), .number(3)])
        #expect(errors.map { $0["column"] } == [.text("1"), .text("17")])
        #expect(errors.last?["message"] == .text("administrators needs a text here"))
        #expect(
            run.errorLines.last == "hale: \(file):3:17: administrators needs a text here [HALE-DELIVERY-005]",
            "\(run.errors)")
    }

    @Test(arguments: wrongUsages)
    func `wrong usage is 2, names what is wrong and asks no server`(
        arguments: [String], culprit: String
    ) async throws {
        // Asking this server would fail with status 1.
        let user = try CommandLineUser(["PGHOST": "/nonexistent"])
        let run = try await user.run(arguments)
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(run.errorLines.first?.contains(culprit) == true, "\(run.errors)")
        #expect(!user.has(".hale"))
    }

    @Test(.database, arguments: failures)
    func `a failure is 1 and one line that names the culprit`(arguments: [String], culprit: String) async throws {
        let run = try await CommandLineUser.ofTestDatabase().run(arguments)
        #expect(run.status == 1)
        #expect(run.output == "")
        #expect(run.errorLines.count == 1, "\(run.errors)")
        #expect(run.errors.hasPrefix("hale: HALE-"))
        #expect(run.errors.contains(culprit))
    }

    @Test(.database) func `a day that was not scored has no morning, and the line says how to score it`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let accounts = "account_id,name\na,A\n"
        #expect(try await user.run("import", "accounts", "-", input: accounts).status == 0)
        let scored = try await user.run("score", "--as-of", "2026-03-02")
        #expect(scored.status == 0)
        #expect(scored.errors == "")
        let run = try await user.run("morning", "--date", "2025-01-01")
        #expect(run.status == 1)
        #expect(run.output == "")
        #expect(run.errorLines.count == 1)
        #expect(run.errors.contains("hale score --as-of 2025-01-01"))
    }

    @Test(.database) func `db status is 0 on a current schema and 3 on an older one or none`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let current = try await user.run("db", "status")
        #expect(current.status == 0)
        #expect(current.errors == "")

        _ = try await TestDatabase.shared.query("delete from hale_data.schema_migration where number = 0")
        let pending = try await user.run("db", "status")
        #expect(pending.status == 3)
        #expect(pending.output.contains("hale db migrate"))
        #expect(pending.errors == "")

        _ = try await TestDatabase.shared.query("drop schema hale cascade")
        _ = try await TestDatabase.shared.query("drop schema hale_data cascade")
        let absent = try await user.run("db", "status")
        #expect(absent.status == 3)
        #expect(absent.errors == "")
    }

    @Test(.database) func `a server that the user names is migrated by asking for it only`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        _ = try await TestDatabase.shared.query("drop schema hale cascade")
        _ = try await TestDatabase.shared.query("drop schema hale_data cascade")
        let refused = try await user.run("accounts", "list")
        #expect(refused.status == 1)
        #expect(refused.output == "")
        #expect(refused.errorLines.count == 1)
        #expect(refused.errors.contains("hale db migrate"))

        let rehearsed = try await user.run("db", "migrate", "--dry-run")
        #expect(rehearsed.status == 0)
        #expect(try await user.run("accounts", "list").status == 1)

        let migrated = try await user.run("db", "migrate")
        #expect(migrated.status == 0)
        #expect(migrated.output.hasPrefix("applied "))
        #expect(try await user.run("db", "status").status == 0)
        let again = try await user.run("db", "migrate")
        #expect(again.status == 0)
        #expect(again.output == "nothing to apply\n")
    }

    @Test(.database) func `db down does not stop a server that hale did not start`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run("db", "down")
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(run.errorLines.count == 1)
        #expect(try await user.run("db", "status").status == 0)
    }
}
