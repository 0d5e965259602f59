import HaleTestSupport
import Testing

@Suite(.database) struct `The backtest command` {
    @Test func `has the fixed keys, and says what is missing`() async throws {
        let user = try await SmallPortfolio.user()
        let contracts = """
            contract_id,account_id,arr,currency,starts_on,ends_on,outcome,decided_on
            C-8,A-1,100,EUR,2024-12-01,2025-12-01,lost,2025-11-20
            C-9,A-1,100,EUR,2024-12-01,2025-12-01,renewed,2025-11-20

            """
        #expect(try await user.run("import", "contracts", "-", input: contracts).status == 0)
        let run = try await user.run("backtest", "--lead-days", "30", "--format", "json")
        #expect(run.status == 0 && run.errors == "")
        let answer = try run.json()
        #expect(answer["renewals"] == .number(0) && answer["lost"] == .number(0))
        #expect(answer["verdict"]?.textValue?.isEmpty == false)
        for part in [answer, try #require(answer["tenureOnly"]), try #require(answer["baseRate"])] {
            for key in ["auc", "brier", "ece", "topDecileLift"] {
                for end in ["value", "low90", "high90"] { #expect(part[key]?[end] == .null) }
            }
        }
        let text = try await user.run("backtest", "--lead-days", "30")
        #expect(text.output.contains("no renewal can be foretold"))
        #expect(text.output.contains("hale import --history"))
        for arguments in [
            ["backtest", "--lead-days", "0"], ["backtest", "--capacity", "0"], ["backtest", "--lead-days", "x"],
        ] {
            #expect(try await user.run(arguments).status == 2)
        }
    }
}
