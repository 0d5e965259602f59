import HaleTestSupport
import Testing

@Suite(.database) struct `The postmortem command` {
    private func user() async throws -> CommandLineUser {
        let user = try await SmallPortfolio.user()
        let contracts = """
            contract_id,account_id,arr,currency,starts_on,ends_on,outcome,decided_on
            C-8,A-1,100,EUR,2025-03-01,2026-03-01,lost,2026-03-02
            C-1,A-1,12000,EUR,2025-05-01,2026-05-01,renewed,2026-04-30

            """
        #expect(try await user.run("import", "contracts", "-", input: contracts).status == 0)
        return user
    }

    @Test func `tells of an account and of a period, also to programs`() async throws {
        let user = try await user()
        let answer = try await user.run("postmortem", "acme", "--format", "json").json()
        #expect(answer["loss"]?["accountId"] == .text("A-1") && answer["loss"]?["lostOn"] == .text("2026-03-02"))
        #expect(answer["checkpoints"]?.elements?.count == 7)
        #expect(answer["checkpoints"]?.elements?.last?["source"] == .text("stored"))
        #expect(answer["checkpoints"]?.elements?.first?["source"] == .text("recomputed"))
        let text = try await user.run("postmortem", "A-1")
        #expect(text.status == 0)
        for words in ["C-8 lost on 2026-03-02", "6 of 7 days were never scored", "What would have warned"] {
            #expect(text.output.contains(words), "\(words)")
        }
        let period = try await user.run("postmortem", "--period", "2026Q1", "--format", "json").json()
        #expect(period["lost"] == .number(1))
        #expect(period["accounts"]?.elements?.first?["accountId"] == .text("A-1"))
        for format in ["csv", "markdown"] {
            #expect(try await user.run("postmortem", "--period", "2026Q1", "--format", format).status == 0)
        }
    }

    @Test func `says in one line what there is not`() async throws {
        let user = try await user()
        for (arguments, line) in [
            (["postmortem", "A-3"], "HALE-CLI-032: account \"A-3\" lost no renewal"),
            (["postmortem", "nobody"], "HALE-CLI-001: account \"nobody\" is not known"),
            (["postmortem", "--period", "2020"], "HALE-CLI-033: no account was lost in 2020"),
        ] {
            let run = try await user.run(arguments)
            #expect(run.status == 1 && run.output.isEmpty)
            #expect(run.errors.contains(line) && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        }
        for arguments in [
            ["postmortem"], ["postmortem", "A-1", "--period", "2026"], ["postmortem", "--period", "spring"],
        ] {
            #expect(try await user.run(arguments).status == 2)
        }
        let rules = try await user.run("postmortem", "A-1", "--rules", "/nowhere.yaml")
        #expect(rules.status == 1 && rules.errors.contains("/nowhere.yaml"))
    }
}
