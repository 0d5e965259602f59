import Foundation
import HaleTestSupport
import Testing

/// Days after today, which no command scores or acts on; and days that are taken back.
@Suite(.database)
struct `The last day of every command` {
    /// Far after any day on which this runs.
    private static let early = "2199-06-01"

    @Test func `is today: a later one is one line and changes nothing`() async throws {
        let user = try await SmallPortfolio.user()
        try user.write(try await user.run("models", "show", "default").output, to: "same.yaml")
        let commands: [[String]] = [
            ["score", "--as-of"], ["score", "--from", "2026-03-01", "--to"],
            ["score", "--known-at", "2026-03-01", "--as-of"],
            ["score", "--accounts", "A-1", "--as-of"], ["score", "--changed", "--as-of"], ["morning", "--date"],
            ["accounts", "list", "--as-of"], ["accounts", "show", "A-1", "--as-of"],
            ["accounts", "why", "A-1", "--since", "7d", "--as-of"], ["accounts", "overrides", "--as-of"],
            ["forecast", "--as-of"], ["forecast", "accuracy", "--as-of"], ["retention", "--as-of"],
            ["economics", "--as-of"], ["alerts", "list", "--as-of"], ["rules", "explain", "UsageCliff", "--as-of"],
            ["rules", "replay", "--from", "2026-03-01", "--to"],
            ["rules", "replay", "--from", "2026-03-01", "--to", "2026-03-02", "--losses-until"],
            ["models", "diff", "same.yaml", "--as-of"],
            ["accounts", "pulse", "A-1", "--value", "3", "--on"], ["accounts", "note", "A-1", "x", "--on"],
        ]
        for command in commands {
            let run = try await user.run(command + [Self.early])
            #expect(run.status == 1, "\(command)")
            #expect(run.errorLines.count == 1 && run.output.isEmpty, "\(command): \(run.everything)")
            let line = run.errorLines.first ?? ""
            #expect(
                line.hasPrefix("hale: HALE-DAY-001: \(Self.early) is after today, ")
                    || line.hasPrefix("hale: HALE-JUDGEMENT-003: \(Self.early) has not come yet"), "\(command): \(line)"
            )
        }
        let newest = try await user.run("accounts", "list", "--format", "json").json()["asOf"]
        #expect(newest == .text(SmallPortfolio.day))
    }

    @Test(arguments: [
        ["score", "--as-of", "9999-12-31"], ["score", "--as-of", "1899-12-31"], ["score", "--forget", "2200-01-01"],
        ["forecast", "--period", "9999"], ["retention", "--from", "1026-01", "--to", "2026-03"],
        ["accounts", "why", "A-1", "--since", "99999999999d"], ["accounts", "why", "A-1", "--since", "0026-03-01"],
        ["alerts", "silence", "rule=x", "--reason", "x", "--until", "2226-11-30"],
        ["score", "--known-at", "9999-01-01T00:00:00Z"], ["score", "--forget", "2026-03-01", "--as-of", "2026-03-01"],
        ["score", "--dry-run"],
    ])
    func `a year that nobody means, and what does not go together, is wrong usage`(arguments: [String]) async throws {
        #expect(try await CommandLineUser().run(arguments).status == 2)
    }

    @Test func `a scored day is taken back, once, and said to be`() async throws {
        let user = try await SmallPortfolio.user()
        let rehearsed = try await user.run("score", "--forget", SmallPortfolio.day, "--dry-run", "--format", "json")
            .json()
        #expect(rehearsed["dryRun"] == .bool(true) && rehearsed["scores"] == .number(3))
        let kept = try await user.run("accounts", "list", "--format", "json").json()["asOf"]
        #expect(kept == .text(SmallPortfolio.day))
        let taken = try await user.run("score", "--forget", SmallPortfolio.day)
        #expect(
            taken.status == 0 && taken.output.contains("\(SmallPortfolio.day) is taken back"), "\(taken.everything)")
        #expect(taken.output.contains("scores: 3 gone"))
        let newest = try await user.run("accounts", "list", "--format", "json").json()["asOf"]
        #expect(newest == .text("2026-03-01"))
        let again = try await user.run("score", "--forget", SmallPortfolio.day)
        #expect(again.status == 1)
        #expect(
            again.errorLines == [
                "hale: HALE-DAY-002: \(SmallPortfolio.day) was never scored, so there is nothing to take back"
            ])
    }

    @Test func `a day that an older version let pass is found, said every night, and taken back`() async throws {
        let user = try await SmallPortfolio.user()
        _ = try await TestDatabase.shared.query(
            """
            insert into hale_data.score_run (day, model_hash, finished_at)
            select date '\(Self.early)', model_hash, now() from hale_data.model limit 1
            returning run_id::text
            """)
        let listed = try await user.run("accounts", "list", "--format", "json").json()["asOf"]
        #expect(listed == .text(SmallPortfolio.day))
        let doctor = try await user.run("doctor", "--format", "json")
        #expect(doctor.status == 3)
        let check = try #require(
            try doctor.json()["checks"]?.elements?.first { $0["name"] == .text("scored days") })
        #expect(check["outcome"] == .text("problem"))
        #expect(check["advice"]?.textValue?.hasSuffix("hale score --forget \(Self.early)") == true)
        let night = try await user.run("score", "--as-of", SmallPortfolio.day)
        #expect(night.errors.contains("hale score --forget \(Self.early)"))
        #expect(try await user.run("score", "--forget", Self.early).status == 0)
        let after = try await user.run("doctor", "--format", "json")
        let found = try after.json()["checks"]?.elements?.first { $0["name"] == .text("scored days") }
        #expect(found?["outcome"] == .text("ok"))
    }

    @Test func `scoring where no account is known says so and uses no day up`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let empty = try await user.run("score")
        #expect(empty.status == 0 && empty.errors.contains("no account is known yet, so nothing was scored"))
        #expect(try await user.run("morning").errors.contains("HALE-CLI-004"))
        try await SmallPortfolio.load(as: user)
    }
}
