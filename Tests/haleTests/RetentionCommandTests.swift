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
