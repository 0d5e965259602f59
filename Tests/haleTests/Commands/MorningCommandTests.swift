import HaleTestSupport
import Testing

/// `hale morning`: news, the list, the week, the team, the page for mail.
@Suite struct `The morning` {
    private static func texts(_ answer: JSONAnswer?, _ key: String) -> [String] {
        answer?.elements?.compactMap { $0[key]?.textValue } ?? []
    }

    private static func json(_ user: CommandLineUser, _ arguments: String...) async throws -> JSONAnswer {
        let run = try await user.run(["morning", "--format", "json"] + arguments)
        #expect(run.status == 0, "\(run.errors)")
        return try run.json()
    }

    /// Ana's two tasks of half an hour each, and half an hour for them.
    @Test(.database) func `a cut task says what is planned instead, and another hour has its price`() async throws {
        let user = try await SmallPortfolio.user()
        let morning = try #require(try await Self.json(user, "--csm", "ana")["csms"]?.elements?.first)
        let planned = try #require(morning["planned"]?.elements?.first)
        let cut = try #require(morning["cut"]?.elements?.first)
        #expect(cut["cutReason"] == .text("outbid") && cut["pushesOut"] == .list([planned["taskId"] ?? .null]))
        let number = Int(planned["taskId"]?.numberValue ?? 0)
        #expect(cut["cutText"]?.textValue?.hasPrefix("Planned instead: #\(number), ") == true)
        for task in [planned, cut] {
            #expect(task["priority"] == task["score"])
            // Half an hour, twice in an hour.
            let worth = try #require(task["planValue"]?.numberValue)
            #expect(abs(2 * worth - (task["priority"]?.numberValue ?? 0)) < 1e-6)
        }
        #expect(morning["anotherHour"]?["valueProtected"] == cut["valueProtected"])
        let gain = (morning["anotherHour"]?["planValue"]?.numberValue ?? 0) - (cut["planValue"]?.numberValue ?? 1)
        #expect(abs(gain) < 1e-6)
        let loss = (planned["planValue"]?.numberValue ?? 0) - (cut["planValue"]?.numberValue ?? 0)
        #expect(abs((cut["loss"]?.numberValue ?? -1) - loss) < 1e-6)

        let table = try await user.run("morning", "--csm", "ana", variables: ["COLUMNS": "120"])
        #expect(table.output.contains("1 task, 30 of 30 minutes, protecting about EUR "), "\(table.output)")
        #expect(table.output.contains("; one more hour would protect EUR "))
        #expect(!table.output.contains("Left out at 120 columns"), "\(table.output)")
        let narrow = try await user.run("morning", "--csm", "ana", variables: ["COLUMNS": "80"])
        #expect(narrow.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        for part in ["A-1", "protects", "decision", "what and why"] { #expect(narrow.output.contains(part), "\(part)") }
    }

    @Test(.database) func `HALE_CSM narrows it, and it says so`() async throws {
        let user = try await SmallPortfolio.user()
        let run = try await user.run(["morning"], variables: ["HALE_CSM": "ana@example.com"])
        #expect(run.output.contains("as HALE_CSM says: --csm all shows all"), "\(run.output)")
        #expect(
            try await !user.run(["morning", "--csm", "ana"], variables: ["HALE_CSM": "x"]).output.contains("HALE_CSM"))
    }

    @Test(.database) func `the news are since the last working day, or since the day that is named`() async throws {
        let user = try await SmallPortfolio.user()
        // 2026-03-02 is a Monday.
        for (arguments, day) in [
            ([], "2026-02-27"), (["--since", "yesterday"], "2026-03-01"), (["--since", "7d"], "2026-02-23"),
            (["--since", "2026-02-20"], "2026-02-20"),
        ] as [([String], String)] {
            let run = try await user.run(["morning", "--format", "json"] + arguments)
            #expect(try run.json()["news"]?["since"] == .text(day), "\(run.everything)")
        }
        // A holiday of the country of most accounts is no working day.
        let country = "account_id,name,country\nA-1,Acme,NL\nA-2,Two,NL\n"
        #expect(try await user.run("import", "accounts", "-", input: country).status == 0)
        #expect(try await user.run("import", "holidays", "-", input: "country,day\nNL,2026-02-27\n").status == 0)
        #expect(try await Self.json(user)["news"]?["since"] == .text("2026-02-26"))
        for wrong in ["2026-03-02", "2026-03-03"] {
            let run = try await user.run("morning", "--since", wrong)
            #expect(
                run.status == 2 && run.errors.contains("HALE-CLI-035") && run.errorLines.count == 1, "\(run.errors)")
        }
        #expect(try await user.run("morning", "--since", "lately").status == 2)
    }

    @Test(.database) func `the news tell who said what, who is worse, and what is decided next`() async throws {
        let user = try await SmallPortfolio.user()
        let files = [
            (
                "nps",
                "response_id,account_id,person_id,score,responded_at,comment\n"
                    + "R-2,A-1,P-2,3,2026-02-28T08:00:00Z,too slow\nR-3,A-1,P-3,10,2026-03-01T08:00:00Z,\n"
                    + "R-4,A-1,P-9,4,2026-02-26T08:00:00Z,before\n"
            ),
            ("tickets", "ticket_id,account_id,opened_at,priority,subject\nT-9,A-2,2026-03-02T08:00:00Z,p1,down\n"),
            (
                "touchpoints",
                "account_id,occurred_at,kind,person_id,note\nA-1,2026-02-27T08:00:00Z,call,P-1,talked\n"
            ),
        ]
        for (kind, text) in files { #expect(try await user.run("import", kind, "-", input: text).status == 0) }
        let note = ["note", "A-1", "sponsor leaves", "--on", "2026-03-01", "--by", "ana@example.com"]
        #expect(try await user.run(["accounts"] + note).status == 0)
        let news = try await Self.json(user, "--csm", "ana", "--since", "2026-02-27")["news"]
        let said = try #require(news?["said"]?.elements)
        #expect(Self.texts(news?["said"], "kind") == ["call", "answer", "note", "answer", "ticket"])
        #expect(said[1]["text"] == .text("too slow") && said[1]["score"] == .number(3))
        #expect(said[2]["person"] == .text("ana@example.com") && said[4]["score"] == .number(1))
        #expect(said[0]["text"] == .text("talked") && said[0]["day"] == .text("2026-02-27"))
        // No score is so old, so nothing is compared.
        #expect(news?["comparedWith"] == .null && news?["worse"]?.elements?.isEmpty == true)
        // Acme is decided on 1 April, the other one was on 21 January.
        #expect(Self.texts(news?["decisions"], "accountId") == ["A-2", "A-1"])
        #expect(Self.texts(news?["decisions"], "decisionOn") == ["2026-01-21", "2026-04-01"])

        // As if enough were known of Acme for a band.
        for (day, band) in [("2026-03-01", "amber"), ("2026-03-02", "red")] {
            _ = try await TestDatabase.shared.query(
                """
                update hale_data.health_score set band = '\(band)'
                where day = '\(day)' and account_id = (
                    select account.account_id from hale_data.account as account where account.external_id = 'A-1')
                """)
        }
        let compared = try await Self.json(user, "--csm", "ana", "--since", "yesterday")["news"]
        #expect(compared?["comparedWith"] == .text("2026-03-01"))
        #expect(Self.texts(compared?["worse"], "accountId") == ["A-1"])
        #expect(Self.texts(compared?["worse"], "band") == ["red"])
        #expect(Self.texts(try await Self.json(user, "--csm", "all")["news"]?["said"], "kind").count == 5)

        let table = try await user.run("morning", "--csm", "ana", "--since", "2026-02-27")
        for part in [
            "Since 27 Feb", "3 of 10 on 28 Feb: too slow", "P1 ticket on 2 Mar: down", "Good news", "10 of 10",
            "note by ana@example.com on 1 Mar: sponsor leaves", "Renewals by decision", "no score so early",
        ] { #expect(table.output.contains(part), "\(part): \(table.output)") }
    }

    @Test(.database) func `the week has each task once, on a working day`() async throws {
        let user = try await SmallPortfolio.user()
        let answer = try await Self.json(user, "--week", "--csm", "ana")
        let week = try #require(answer["csms"]?.elements?.first)
        let days = try #require(week["days"]?.elements)
        #expect(
            days.compactMap { $0["day"]?.textValue }
                == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"])
        let planned = days.flatMap { $0["planned"]?.elements ?? [] }
        #expect(Set(planned.compactMap { $0["accountId"]?.textValue }) == ["A-1", "A-2"] && planned.count == 2)
        #expect(days.allSatisfy { ($0["plannedMinutes"]?.numberValue ?? 31) <= 30 })
        #expect(week["gap"] == .number(0) && week["cut"]?.elements?.isEmpty == true)
        let table = try await user.run("morning", "--week", "--csm", "ana")
        #expect(table.output.contains("Monday, 2 Mar\n30 of 30 minutes"), "\(table.output)")
    }

    @Test(.database) func `the team tells everybody's load, and what nobody has`() async throws {
        let user = try await SmallPortfolio.user()
        let team = try await user.run(
            ["morning", "--team", "--format", "json"], variables: ["HALE_CSM": "ana@example.com"]
        ).json()
        let loads = try #require(team["csms"]?.elements)
        // Two tasks of half an hour for half an hour; A-3, which has no contract, is nobody's.
        #expect(loads.first?["csm"] == .text("ana@example.com") && loads.last?["csm"] == .null)
        #expect(loads.first?["openMinutes"] == .number(60) && loads.first?["load"] == .number(2))
        let table = try await user.run("morning", "--team")
        #expect(table.output.contains("1 CSM, 1 with more than a day of work"), "\(table.output)")
        #expect(table.output.contains("nobody has 1 task"), "\(table.output)")
    }

    @Test(.database) func `a page for mail stands alone`() async throws {
        let user = try await SmallPortfolio.user()
        for arguments in [[], ["--week"], ["--team"]] {
            let run = try await user.run(["morning", "--html"] + arguments)
            #expect(run.status == 0 && run.output.hasPrefix("<!DOCTYPE html>"), "\(run.everything)")
            #expect(run.output.hasSuffix("</html>\n") && !run.output.contains("http"))
        }
        for arguments in [
            ["--html", "--format", "json"], ["--week", "--team"], ["--week", "--since", "7d"],
            ["--team", "--since", "7d"],
        ] {
            let run = try await user.run(["morning"] + arguments)
            #expect(run.status == 2, "\(run.everything)")
        }
    }
}
