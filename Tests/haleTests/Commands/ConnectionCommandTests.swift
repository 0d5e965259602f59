import Foundation
import HaleTestSupport
import Postgres
import Testing

/// Servers that cannot be reached, and passwords, which are never shown.
@Suite struct `Servers that the user names` {
    private static let password = "s3cret-wort"

    /// Ways to write an address with a password in it, right and wrong ones.
    private static let addresses = [
        "postgresql://ana:\(password)@127.0.0.1:1/hale",
        "postgresql://127.0.0.1:1/hale?user=ana&password=\(password)",
        "postgresql://ana:\(password)@127.0.0.1:1,127.0.0.1:2/hale",
        "postgresql://ana:\(password)@[broken/hale",
        "postgresql://ana:\(password)@127.0.0.1:99999/hale",
        "postgresql://ana@x:\(password)?y@127.0.0.1:1/hale",
        "postgresql://ana:a/\(password)@127.0.0.1:1/hale",
        "mysql://ana:\(password)@127.0.0.1:1/hale",
        "ana:\(password)@127.0.0.1",
        "host=/nonexistent user=ana password=\(password) dbname=hale",
        "host=/nonexistent password = '\(password)' dbname=hale",
        "host=/nonexistent password='\(password)",
        "host=/nonexistent dbname=postgresql://ana:\(password)@127.0.0.1:1/hale",
    ]

    private static let commands: [[String]] = [
        ["db", "status"], ["db", "up"], ["db", "down"], ["db", "migrate"], ["doctor"], ["doctor", "--format", "json"],
        ["accounts", "list"], ["config"], ["config", "--format", "json"],
    ]

    /// Somebody who can make no workspace, so that nothing starts a private server instead.
    private static func user(_ variables: [String: String]) throws -> CommandLineUser {
        try CommandLineUser(variables.merging(["HALE_HOME": "/dev/null/none"]) { given, _ in given })
    }

    @Test(arguments: [["db", "status"], ["accounts", "list"], ["score"], ["db", "migrate"]])
    func `a server that cannot be reached is one line and status 1`(arguments: [String]) async throws {
        let user = try Self.user(["PGHOST": "/nonexistent"])
        let run = try await user.run(arguments)
        #expect(run.status == 1)
        #expect(run.errorLines.count == 1, "\(run.errors)")
        #expect(run.errors.hasPrefix("hale: "))
        #expect(run.errors.contains("/nonexistent"))
    }

    @Test func `db status says which server it asked and why`() async throws {
        let run = try await Self.user(["PGHOST": "/nonexistent"]).run("db", "status")
        #expect(run.output.contains("PGHOST=/nonexistent"))
    }

    @Test func `the doctor finds that a server cannot be reached`() async throws {
        let user = try Self.user(["PGHOST": "/nonexistent"])
        let run = try await user.run("doctor", "--format", "json")
        #expect(run.status == 3)
        #expect(run.errorLines.count == 1, "\(run.errors)")
        let answer = try run.json()
        let checks = try #require(answer["checks"]?.elements)
        for check in checks { #expect(check.keys.isSuperset(of: ["name", "outcome", "text", "advice"])) }
        let problems = checks.filter { $0["outcome"] == .text("problem") }
        #expect(problems.count == 1)
        #expect(problems.first?["text"]?.textValue?.contains("/nonexistent") == true)
    }

    @Test(arguments: addresses)
    func `a password in DATABASE_URL appears nowhere`(address: String) async throws {
        let user = try Self.user(["DATABASE_URL": address])
        for command in Self.commands {
            let run = try await user.run(command)
            #expect(!run.everything.contains(Self.password), "\(command)")
            #expect(!run.everything.isEmpty, "\(command)")
        }
        #expect(try await user.run("accounts", "list").status == 1)
    }

    @Test func `a password that is written encoded is shown neither way`() async throws {
        let user = try Self.user(["DATABASE_URL": "postgresql://ana:s3%40cret%21@127.0.0.1:1/hale"])
        for command in Self.commands {
            let run = try await user.run(command)
            #expect(!run.everything.contains("s3@cret!"), "\(command)")
            #expect(!run.everything.contains("s3%40cret"), "\(command)")
        }
    }

    @Test func `passwords in the variables of libpq appear nowhere`() async throws {
        let settings = [
            ["PGHOST": "/nonexistent", "PGPASSWORD": Self.password],
            ["PGDATABASE": "postgresql://ana:\(Self.password)@127.0.0.1:1/hale"],
        ]
        for variables in settings {
            let user = try Self.user(variables)
            for command in Self.commands {
                let run = try await user.run(command)
                #expect(!run.everything.contains(Self.password), "\(command)")
            }
        }
    }

    @Test(.database) func `a password stays hidden where the server answers, with and without success`() async throws {
        let database = try TestDatabase.shared
        let host = try #require(database.superuser.keywords["host"])
        for user in ["postgres", "role_that_is_missing"] {
            let address = "host=\(host) user=\(user) dbname=\(database.name) password=\(Self.password)"
            let person = try Self.user(["DATABASE_URL": address])
            for command in Self.commands {
                let run = try await person.run(command)
                #expect(!run.everything.contains(Self.password), "\(command)")
            }
            let status = try await person.run("db", "status")
            let expected: Int32 = user == "postgres" ? 0 : 1
            #expect(status.status == expected)
            #expect(status.output.contains("DATABASE_URL"))
        }
    }

    @Test func `psql gets the password in its environment, not among its arguments`() async throws {
        let user = try Self.user(["DATABASE_URL": "postgresql://ana:\(Self.password)@127.0.0.1:1/hale"])
        let run = try await user.shell(
            """
            mkdir bin
            printf '#!/bin/sh\\necho "arguments: $*"\\necho "password: $PGPASSWORD"\\n' >bin/psql
            chmod +x bin/psql
            PATH="$PWD/bin:$PATH" "$HALE" db shell --owner --command 'select 1'
            PATH="$PWD/bin:$PATH" "$HALE" db shell --command 'select 1'
            """)
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.outputLines
        try #require(lines.count == 4, "\(run.output)")
        #expect(lines[0].hasPrefix("arguments: "))
        #expect(lines[0].hasSuffix("--command select 1"))
        #expect(lines[0].contains("127.0.0.1:1/hale"))
        #expect(!lines[0].contains(Self.password))
        #expect(lines[1] == "password: \(Self.password)")
        // The readers' role has a password of its own, or none.
        #expect(lines[2].contains("hale_reader") && lines[2].hasSuffix("--command select 1"))
        #expect(lines[3] == "password: ")
    }
}
