import HaleTestSupport
import Testing

/// What people say of an account from the command line, and where it is shown.
@Suite(.database) struct `The commands of judgements` {
    private static let by = ["--by", "Ana@example.com"]

    private func account(_ id: String, as user: CommandLineUser) async throws -> JSONAnswer {
        let answer = try await user.run("accounts", "list", "--format", "json").json()
        return try #require(answer["accounts"]?.elements?.first { $0["accountId"] == .text(id) })
    }

    @Test func `an override is shown in the list, the account, the morning and the list of overrides`() async throws {
        let user = try await SmallPortfolio.user()
        let before = try await account("A-1", as: user)
        let computed = try #require(before["computedBand"]?.textValue)
        #expect(before["override"] == .null)
        let band = computed == "red" ? "amber" : "red"
        let set = try await user.run(
            ["accounts", "override", "A-1", "--band", band, "--until", "2026-03-31", "--reason", "they told me"]
                + Self.by)
        #expect(set.status == 0, "\(set.errors)")
        #expect(set.output.contains("A-1 is \(band) from 2026-03-02 to 2026-03-31, said by ana@example.com"))

        let expected: JSONAnswer = .object([
            "band": .text(band), "from": .text("2026-03-02"), "until": .text("2026-03-31"),
            "reason": .text("they told me"), "by": .text("ana@example.com"),
        ])
        let listed = try await account("A-1", as: user)
        #expect(listed["band"] == .text(band))
        #expect(listed["computedBand"] == .text(computed))
        #expect(listed["override"] == expected)
        #expect(listed["reasons"]?.elements?.contains(.text("override")) == true)

        let shown = try await user.run("accounts", "show", "A-1", "--format", "json").json()
        let override = try #require(shown["overrides"]?.elements?.first)
        for (key, value) in [
            "band": JSONAnswer.text(band), "inForce": .bool(true), "computedBand": .text(computed),
            "reason": .text("they told me"),
        ] { #expect(override[key] == value, "\(key)") }
        let page = try await user.run("accounts", "show", "A-1")
        #expect(page.output.contains("ana@example.com set \(band) until 2026-03-31"))

        let morning = try await user.run("morning", "--format", "json").json()
        let tasks = (morning["csms"]?.elements ?? []).flatMap {
            ($0["planned"]?.elements ?? []) + ($0["cut"]?.elements ?? [])
        }
        let task = try #require(tasks.first { $0["accountId"] == .text("A-1") })
        #expect(task["band"] == .text(band))
        #expect(task["override"] == expected)

        let overrides = try await user.run("accounts", "overrides", "--format", "json").json()
        #expect(overrides["overrides"]?.elements?.count == 1)
        #expect(overrides["overrides"]?.elements?.first?["shownBand"] == .text(band))

        // The day before it was set has none, and neither has any day once it is taken back.
        let earlier = try await user.run("accounts", "list", "--as-of", "2026-03-01", "--format", "json").json()
        #expect(earlier["accounts"]?.elements?.allSatisfy { $0["override"] == .null } == true)
        #expect(try await user.run(["accounts", "override", "A-1", "--take-back"] + Self.by).status == 0)
        #expect(try await account("A-1", as: user)["band"] == before["band"])
        let ended = try await user.run("accounts", "overrides", "--all", "--format", "json").json()
        #expect(ended["overrides"]?.elements?.first?["endedOn"] == .text("2026-03-02"))
        let again = try await user.run(["accounts", "override", "A-1", "--take-back"] + Self.by)
        #expect(again.status == 1)
        #expect(again.errors.contains("HALE-JUDGEMENT-002"))
    }

    @Test func `the scoreboard counts by person what became of overrides`() async throws {
        let user = try await SmallPortfolio.user()
        let computed = try #require(try await account("A-1", as: user)["computedBand"]?.textValue)
        let set = ["accounts", "override", "A-1", "--reason", "x", "--until", SmallPortfolio.day]
        let other = computed == "red" ? "green" : "red"
        #expect(try await user.run(set + ["--band", other] + Self.by).status == 0)
        #expect(try await user.run("score", "--as-of", "2026-03-03").status == 0)
        let board = try await user.run("accounts", "overrides", "--scoreboard", "--format", "json").json()
        let line = try #require(board["overrides"]?.elements?.first)
        // It held on 2 March alone; on 3 March the score said what it had said before.
        #expect(line["lastOn"] == .text(SmallPortfolio.day))
        #expect(line["computedFirst"] == .text(computed))
        #expect(line["computedLast"] == .text(computed))
        #expect(line["verdict"] == .text("wrong"))
        #expect(line["evidence"] == .text("score"))
        let person = try #require(board["people"]?.elements?.first)
        #expect(person["by"] == .text("ana@example.com"))
        #expect(person["scoresWrong"] == .number(1))
        #expect(board["total"]?["overrides"] == .number(1))
        let page = try await user.run("accounts", "overrides", "--scoreboard")
        #expect(page.output.contains("people were right in 0 of 0 decided renewals; in 0 of 1 other cases"))
        #expect(try await user.run("accounts", "overrides", "--scoreboard", "--all").status == 2)
    }

    @Test func `known-at prints scores, stores nothing and takes a day or an instant`() async throws {
        let user = try await SmallPortfolio.user()
        let answer = try await user.run(
            "score", "--as-of", SmallPortfolio.day, "--known-at", "2126-01-01T00:00:00Z", "--format", "json"
        ).json()
        let accounts = try #require(answer["accounts"]?.elements)
        #expect(accounts.compactMap { $0["accountId"]?.textValue } == ["A-1", "A-2", "A-3"])
        let listed = try await account("A-1", as: user)
        #expect(accounts.first?["score"] == listed["score"])
        #expect(try await user.run("score", "--as-of", SmallPortfolio.day, "--known-at", "2026-03-02").status == 0)
        for wrong in [
            ["--known-at", "soon"], ["--known-at", "2026-02-30"], ["--known-at", "2026-03-02", "--changed"],
        ] {
            #expect(try await user.run(["score", "--as-of", SmallPortfolio.day] + wrong).status == 2, "\(wrong)")
        }
    }

    @Test func `a picture is written into a file, and one that cannot be written is an error`() async throws {
        let user = try await SmallPortfolio.user()
        #expect(try await user.run("accounts", "show", "A-1", "--svg", "a.svg").status == 0)
        #expect(user.has("a.svg"))
        let page = try await user.run("accounts", "show", "A-1", "--chart")
        #expect(page.output.contains("History"))
        let failed = try await user.run("accounts", "show", "A-1", "--svg", "nowhere/a.svg")
        #expect(failed.status == 1)
        #expect(failed.errors.contains("HALE-CLI-008"))
        #expect(try await user.run("accounts", "show", "A-1", "--chart", "--days", "0").status == 2)
    }

    @Test(
        arguments: [
            ["--band", "blue", "--until", "2026-03-31", "--reason", "x"],
            ["--band", "unknown", "--until", "2026-03-31", "--reason", "x"],
            ["--band", "red", "--reason", "x"], ["--band", "red", "--until", "2026-03-31", "--reason", " "],
            ["--take-back", "--band", "red"], [],
        ])
    func `an override that is not whole is wrong usage`(arguments: [String]) async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run(["accounts", "override", "A-1"] + arguments + Self.by)
        #expect(run.status == 2, "\(run.output)\(run.errors)")
    }

    @Test func `an override needs somebody who says so, with an address`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let override = ["accounts", "override", "A-1", "--band", "red", "--until", "2026-03-31", "--reason", "x"]
        for by in [[], ["--by", "ana"], ["--by", "a b@example.com"]] {
            #expect(try await user.run(override + by).status == 2)
        }
    }

    @Test func `a pulse and a note are shown with the account`() async throws {
        let user = try await SmallPortfolio.user()
        let given = try await user.run(
            ["accounts", "pulse", "A-1", "--value", "2", "--note", "they went quiet", "--on", "2026-03-01"] + Self.by)
        #expect(given.status == 0, "\(given.errors)")
        #expect(given.output.contains("it counts from 2026-03-02 to 2026-05-30"))
        #expect(try await user.run("accounts", "note", "A-1", "call back in May", "--on", "2026-03-02").status == 0)
        let shown = try await user.run("accounts", "show", "A-1", "--format", "json").json()
        let pulse = try #require(shown["pulses"]?.elements?.first)
        #expect(pulse["value"] == .number(2))
        #expect(pulse["by"] == .text("ana@example.com"))
        #expect(pulse["validUntil"] == .text("2026-05-30"))
        #expect(shown["notes"]?.elements?.first?["note"] == .text("call back in May"))
        let page = try await user.run("accounts", "show", "A-1").output
        #expect(page.contains("2 of 5 on 2026-03-01 by ana@example.com: they went quiet"))
        #expect(page.contains("2026-03-02: call back in May"))
        #expect(try await user.run("accounts", "pulse", "A-1", "--value", "6").status == 2)
        #expect(try await user.run("accounts", "pulse", "A-9", "--value", "1").status == 1)
    }

    @Test func `an unknown account says what to connect, the weightiest first`() async throws {
        let user = try await SmallPortfolio.user()
        let shown = try await user.run("accounts", "show", "A-3", "--format", "json").json()
        #expect(shown["band"] == .text("unknown"))
        let gaps = try #require(shown["connect"]?.elements)
        let weights = gaps.compactMap { $0["weight"]?.numberValue }
        #expect(weights == weights.sorted(by: >))
        // Usage has four drivers, together .45 of the weight.
        #expect(gaps.first?["kind"] == .text("usage"))
        #expect(abs((weights.first ?? 0) - 0.45) < 1e-9)
        let page = try await user.run("accounts", "show", "A-3").output
        #expect(page.contains("Connect data"))
        #expect(page.contains("hale import usage"))
    }

    @Test func `why says what moved, and its parts sum to the difference`() async throws {
        let user = try await SmallPortfolio.user()
        let answer = try await user.run("accounts", "why", "A-1", "--since", "1d", "--format", "json").json()
        #expect(answer["asOf"] == .text(SmallPortfolio.day))
        #expect(answer["since"] == .text("2026-03-01"))
        let before = try #require(answer["before"]?.numberValue)
        let after = try #require(answer["after"]?.numberValue)
        let changes = try #require(answer["changes"]?.elements)
        #expect(changes.count >= 9)
        let sum = changes.reduce(0) { sum, line in
            ["signal", "data", "configuration", "override"].reduce(sum) { $0 + (line[$1]?.numberValue ?? .nan) }
        }
        #expect(abs(sum - (after - before)) < 1e-9)
        #expect(changes.allSatisfy { $0["text"]?.textValue?.isEmpty == false })
        let table = try await user.run("accounts", "why", "A-1", "--since", "2026-03-01")
        #expect(table.status == 0)
        #expect(table.output.contains("Acme (A-1), 2026-03-01 to 2026-03-02"))
        for wrong in ["yesterday", "0d", "-7d", "2026-02-30"] {
            #expect(try await user.run("accounts", "why", "A-1", "--since", wrong).status == 2, "\(wrong)")
        }
        let none = try await user.run("accounts", "why", "A-1", "--since", "2026-03-02")
        #expect(none.status == 1)
        #expect(none.errors.contains("HALE-WHY-002"))
    }
}
