import HaleTestSupport
import Testing

@Suite(.database) struct `The retention command` {
    @Test func `has the fixed keys, and figures that can be added up by hand`() async throws {
        let user = try await SmallPortfolio.user()
        // In May 2025 Acme's contract began, in March Ben's of 2,000 which ended in November; A-2's began in February.
        let contracts = """
            contract_id,account_id,arr,currency,starts_on,ends_on,auto_renew,cancelled_on
            C-7,A-3,2000,EUR,2025-03-01,2026-03-01,false,2025-11-15

            """
        #expect(try await user.run("import", "contracts", "-", "--history", input: contracts).status == 0)
        let run = try await user.run(
            "retention", "--from", "2025-04", "--to", "2025-12", "--as-of", SmallPortfolio.day, "--format", "json")
        #expect(run.status == 0 && run.errors == "")
        let answer = try run.json()
        #expect(answer["asOf"] == .text(SmallPortfolio.day))
        let expected: [String: JSONAnswer] = [
            "startArr": .money(minor: 700_050, "EUR"), "churned": .money(minor: 200_000, "EUR"),
            "contraction": .money(minor: 0, "EUR"), "expansion": .money(minor: 0, "EUR"),
            "new": .money(minor: 1_200_000, "EUR"), "endArr": .money(minor: 1_700_050, "EUR"), "accounts": .number(2),
            "logoRetention": .number(0.5), "grr": .number(500_050.0 / 700_050), "nrr": .number(500_050.0 / 700_050),
        ]
        for (key, value) in expected { #expect(answer[key] == value, "\(key)") }
        #expect(answer["months"]?.elements?.count == 9)
        for listing in ["segment", "month", "cohort", "account"] {
            #expect(try await user.run("retention", "--by", listing).status == 0)
        }
        let none = try await user.run("retention", "--period", "2020", "--format", "json").json()
        #expect(none["grr"] == .null && none["nrr"] == .null && none["logoRetention"] == .null)
    }

    /// 100 contracts from month to month since 2025-07-01, ten of them cancelled on 2025-10-01, seen on 2026-01-02.
    @Test func `shows what was observed of a year that is going on, and projects nothing from it`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let accounts = (0..<100).map { "K\($0),K\($0)\n" }.joined()
        #expect(
            try await user.run("import", "accounts", "-", "--history", input: "account_id,name\n" + accounts).status
                == 0)
        let contracts = (0..<100).map { "C\($0),K\($0),1200,EUR,2025-07-01,1,true,\($0 < 10 ? "2025-10-01" : "")\n" }
        let header = "contract_id,account_id,arr,currency,starts_on,term_months,auto_renew,cancelled_on\n"
        let input = header + contracts.joined()
        #expect(try await user.run("import", "contracts", "-", "--history", input: input).status == 0)
        let arguments = ["retention", "--period", "2025Q4", "--as-of", "2026-01-02"]
        let survival = try #require(try await user.run(arguments + ["--format", "json"]).json()["survival"])
        #expect(survival["basis"] == .text("assumed rate") && survival["customers"] == .number(0))
        #expect(survival["durationDependence"] == .null)
        let observed = try #require(survival["observed"])
        #expect(observed["customers"] == .number(100) && observed["lastDay"] == .number(185))
        let step = try #require(observed["steps"]?.elements?.first)
        #expect(step["days"] == .number(92) && step["lost"] == .number(10) && step["atRisk"] == .number(90))
        #expect(step["survival"]?.numberValue.map { abs($0 - 0.9) < 1e-12 } == true)
        let year = try #require(survival["years"]?.elements?.first)
        #expect(year["observed"] == .null && year["asked"] == .number(0) && year["atRisk"] == .number(0))
        let text = try await user.run(arguments).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("90.0 %") && text.contains("185 days") && text.contains("90 at risk"))
        #expect(text.contains("That is no projection.") && !text.contains(" 0.0 %"))
        let economics = try await user.run(
            "economics", "--period", "2025Q4", "--as-of", "2026-01-02", "--format", "json"
        ).json()
        #expect(economics["ltvBasis"] == .text("assumed rate"))
    }

    @Test func `says in one line what it cannot do`() async throws {
        let user = try await SmallPortfolio.user()
        for arguments in [
            ["retention", "--from", "2025-13", "--to", "2026-01"], ["retention", "--from", "2026-01"],
            ["retention", "--from", "2026-02", "--to", "2026-01"],
            ["retention", "--period", "2026", "--from", "2026-01", "--to", "2026-02"], ["retention", "--by", "moon"],
        ] { #expect(try await user.run(arguments).status == 2, "\(arguments)") }
        let early = try await user.run("retention", "--period", "2030")
        #expect(early.status == 1 && early.errors.split(separator: "\n").count == 1)
    }
}
