import HaleTestSupport
import Testing

@Suite(.database) struct `The economics command` {
    @Test func `sets spend beside leads and customers, and says none where there is no denominator`() async throws {
        let user = try await SmallPortfolio.user()
        let empty = try await user.run("economics", "--period", "2019", "--format", "json").json()
        #expect(empty["cac"] == .null && empty["paybackMonths"] == .null && empty["newCustomers"] == .number(0))
        // What was spent on them is not known, which is not nothing.
        let unknown = try await user.run("economics", "--period", "2025", "--format", "json").json()
        #expect(unknown["newCustomers"] == .number(2) && unknown["cac"] == .null && unknown["paybackMonths"] == .null)
        let spend = "month,channel,amount,currency\n2025-04-01,ads,3000,EUR\n2025-05-01,fair,1000,EUR\n"
        #expect(try await user.run("import", "spend", "-", input: spend).status == 0)
        let leads = """
            lead_id,created_on,channel,qualified_on,won_on
            L1,2025-04-03,ads,2025-04-10,2025-05-01
            L2,2025-04-20,ads,,

            """
        #expect(try await user.run("import", "leads", "-", input: leads).status == 0)
        let run = try await user.run(
            "economics", "--period", "2025", "--as-of", SmallPortfolio.day, "--sales-cycle-days", "0", "--format",
            "json")
        #expect(run.status == 0 && run.errors == "")
        let answer = try run.json()
        // Acme's and A-2's contracts began in 2025: 4,000 spent on two customers.
        #expect(answer["newCustomers"] == .number(2))
        #expect(answer["cac"] == .money(minor: 200_000, "EUR"))
        let channels = try #require(answer["channels"]?.elements)
        #expect(channels.map { $0["channel"]?.textValue } == ["ads", "fair"])
        #expect(channels.first?["cpl"] == .money(minor: 300_000, "EUR"))
        #expect(channels.last?["cpl"] == .null)
        for arguments in [["--by", "month"], []] {
            #expect(try await user.run(["economics"] + arguments).status == 0)
        }
        for arguments in [["--by", "moon"], ["--sales-cycle-days", "-1"], ["--from", "2025-01"]] {
            #expect(try await user.run(["economics"] + arguments).status == 2, "\(arguments)")
        }
    }
}
