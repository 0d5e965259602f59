import HaleTestSupport
import Postgres
import Testing

/// The JSON that scripts read: keys, forms and figures of the fixed answers.
@Suite(.database) struct `Answers in JSON` {
    /// The fixed keys of an account: what a value is where there is one, and whether it may be null.
    private static let accountKeys: [String: (sort: JSONAnswer.Sort, isNullable: Bool)] = [
        "accountId": (.text, false), "name": (.text, false), "segment": (.text, true), "csm": (.text, true),
        "arr": (.money, true), "seats": (.count, true), "liveContracts": (.count, false), "renewsOn": (.date, true),
        "daysToRenewal": (.count, true), "contractState": (.text, false), "events28d": (.count, false),
        "quantity28d": (.count, false), "priorEvents28d": (.count, false), "activeDays28d": (.count, false),
        "activePeople28d": (.count, false), "lastActiveOn": (.date, true), "nps": (.number, true),
        "npsEstimate": (.number, true), "npsEstimateLow90": (.number, true), "npsEstimateHigh90": (.number, true),
        "npsResponses": (.count, false), "openTickets": (.count, false), "score": (.number, true),
        "smoothedScore": (.number, true), "band": (.text, true), "computedBand": (.text, true),
        "reasons": (.texts, true), "coverage": (.number, true), "scoreChange7d": (.number, true),
    ]

    private static let driverKeys: [String: (sort: JSONAnswer.Sort, isNullable: Bool)] = [
        "driver": (.text, false), "dimension": (.text, false), "x": (.number, true), "c": (.number, false),
        "points": (.number, false), "smoothedPoints": (.number, false), "text": (.text, false),
    ]

    private static let taskKeys: [String: (sort: JSONAnswer.Sort, isNullable: Bool)] = [
        "taskId": (.count, true), "accountId": (.text, false), "account": (.text, false), "title": (.text, false),
        "minutes": (.count, false), "dueOn": (.date, false), "band": (.text, false), "daysToDecision": (.count, true),
        "valueProtected": (.money, true), "score": (.number, false), "reasons": (.texts, false),
    ]

    private static func expect(
        _ answer: JSONAnswer, has keys: [String: (sort: JSONAnswer.Sort, isNullable: Bool)]
    ) {
        for (key, form) in keys {
            guard let value = answer[key] else {
                Issue.record("the key \(key) is missing")
                continue
            }
            let isAllowed = value.matches(form.sort) || (form.isNullable && value == .null)
            #expect(isAllowed, "\(key) is \(value)")
        }
    }

    private static func accounts(_ answer: JSONAnswer) throws -> [String: JSONAnswer] {
        var accounts: [String: JSONAnswer] = [:]
        for account in try #require(answer["accounts"]?.elements) {
            let id = try #require(account["accountId"]?.textValue)
            accounts[id] = account
        }
        return accounts
    }

    @Test func `the list of accounts has the fixed keys, and figures that can be counted by hand`() async throws {
        let user = try await SmallPortfolio.user()
        let run = try await user.run("accounts", "list", "--format", "json")
        #expect(run.status == 0)
        #expect(run.errors == "")
        let answer = try run.json()
        // The newest scored day, not today.
        #expect(answer["asOf"] == .text(SmallPortfolio.day))
        let accounts = try Self.accounts(answer)
        #expect(Set(accounts.keys) == ["A-1", "A-2", "A-3"])
        for account in accounts.values { Self.expect(account, has: Self.accountKeys) }

        // 28 days as of 2 March are 2 February to 1 March: three rows of two people on two days, quantity 5 + 1 + 2;
        // the 28 days before hold the row of 20 January; 2 March itself is not counted. From 2 March to 1 May: 60 days.
        let first: [String: JSONAnswer] = [
            "name": .text("Acme"), "segment": .text("enterprise"), "csm": .text("ana@example.com"),
            "arr": .money(minor: 1_200_000, "EUR"), "seats": .number(10), "liveContracts": .number(1),
            "renewsOn": .text("2026-05-01"), "daysToRenewal": .number(60), "events28d": .number(3),
            "quantity28d": .number(8), "priorEvents28d": .number(1), "activeDays28d": .number(2),
            "activePeople28d": .number(2), "lastActiveOn": .text("2026-03-01"), "nps": .number(100),
            "npsResponses": .number(1),
            "openTickets": .number(1),
            // No day seven days before was scored.
            "scoreChange7d": .null,
        ]
        for (key, value) in first { #expect(accounts["A-1"]?[key] == value, "\(key)") }

        // The contract ended on 20 February without a decision: it no longer counts, but is due.
        let second: [String: JSONAnswer] = [
            "name": .text("=1+1"), "segment": .null, "seats": .null, "liveContracts": .number(0), "renewsOn": .null,
            "daysToRenewal": .null, "contractState": .text("past_due"), "lastActiveOn": .null, "nps": .null,
            "npsEstimate": .null,
            "arr": .money(minor: 0, "EUR"),
        ]
        for (key, value) in second { #expect(accounts["A-2"]?[key] == value, "\(key)") }
        #expect(accounts["A-3"]?["name"] == .text(SmallPortfolio.wideName))
        #expect(accounts["A-3"]?["csm"] == .null)
    }

    @Test func `a day that was never scored has facts, and null where a score would be`() async throws {
        let user = try await SmallPortfolio.user()
        let answer = try await user.run("accounts", "list", "--as-of", "2026-02-11", "--format", "json").json()
        #expect(answer["asOf"] == .text("2026-02-11"))
        let accounts = try Self.accounts(answer)
        #expect(accounts.count == 3)
        for account in accounts.values {
            Self.expect(account, has: Self.accountKeys)
            for key in ["score", "smoothedScore", "band", "computedBand", "reasons", "coverage", "scoreChange7d"] {
                #expect(account[key] == .null, "\(key)")
            }
        }
        // 14 January to 10 February: the rows of 20 January and the two of 10 February.
        #expect(accounts["A-1"]?["events28d"] == .number(3))
        #expect(accounts["A-1"]?["activePeople28d"] == .number(1))
        // The second contract was live until 20 February.
        #expect(accounts["A-2"]?["arr"] == .money(minor: 500_050, "EUR"))

        let shown = try await user.run("accounts", "show", "A-1", "--as-of", "2026-02-11", "--format", "json").json()
        for key in ["score", "baseline", "clip", "low", "high"] { #expect(shown[key] == .null, "\(key)") }
        #expect(shown["drivers"] == .list([]))
    }

    @Test func `without any scored day the list is as of today`() async throws {
        func today() async throws -> String {
            let text = "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day"
            let rows = try await TestDatabase.shared.query(text)
            return try #require(rows.first).decode("day", as: String.self)
        }
        let user = try CommandLineUser.ofTestDatabase()
        // Midnight may pass in between.
        let before = try await today()
        let answer = try await user.run("accounts", "list", "--format", "json").json()
        let after = try await today()
        let day = try #require(answer["asOf"]?.textValue)
        #expect([before, after].contains(day))
        #expect(answer["accounts"] == .list([]))
    }

    @Test(arguments: ["A-1", "A-2", "A-3"])
    func `baseline, points and clip make the score, day by day and smoothed`(account: String) async throws {
        let user = try await SmallPortfolio.user()
        let run = try await user.run("accounts", "show", account, "--format", "json")
        #expect(run.status == 0)
        #expect(run.errors == "")
        let answer = try run.json()
        #expect(answer["asOf"] == .text(SmallPortfolio.day))
        #expect(answer["accountId"] == .text(account))
        Self.expect(answer, has: Self.accountKeys)
        Self.expect(
            answer,
            has: [
                "baseline": (.number, false), "clip": (.number, false), "low": (.number, false),
                "high": (.number, false), "overrides": (.list, false), "drivers": (.list, false),
            ])
        let drivers = try #require(answer["drivers"]?.elements)
        try #require(!drivers.isEmpty)
        for driver in drivers { Self.expect(driver, has: Self.driverKeys) }

        func figure(_ key: String) throws -> Double { try #require(answer[key]?.numberValue) }
        let points = drivers.compactMap { $0["points"]?.numberValue }.reduce(0, +)
        let smoothedPoints = drivers.compactMap { $0["smoothedPoints"]?.numberValue }.reduce(0, +)
        let score = try figure("score")
        let difference = try figure("baseline") + points + figure("clip") - score
        #expect(abs(difference) < 1e-9)
        let smoothedDifference =
            try figure("smoothedBaseline") + smoothedPoints + figure("smoothedClip") - figure("smoothedScore")
        #expect(abs(smoothedDifference) < 1e-9)
        let bounds = [0, try figure("low"), score, try figure("high"), 100]
        #expect(bounds == bounds.sorted())
    }

    @Test func `the morning has the fixed keys, what is planned and what was cut`() async throws {
        let user = try await SmallPortfolio.user()
        let run = try await user.run("morning", "--format", "json")
        #expect(run.status == 0)
        #expect(run.errors == "")
        let answer = try run.json()
        #expect(answer["asOf"] == .text(SmallPortfolio.day))
        let mornings = try #require(answer["csms"]?.elements)
        for morning in mornings {
            Self.expect(
                morning,
                has: [
                    "csm": (.text, true), "capacityMinutes": (.count, false), "planned": (.list, false),
                    "cut": (.list, false),
                ])
            for list in ["planned", "cut"] {
                for task in try #require(morning[list]?.elements) { Self.expect(task, has: Self.taskKeys) }
            }
        }

        // Ana has 30 minutes: one of her two accounts is planned, the other cut. Both need somebody: the decision on
        // Acme is 30 days before 1 May, and the other contract is past due.
        let morning = try #require(mornings.first(where: { $0["csm"] == .text("ana@example.com") }))
        #expect(morning["capacityMinutes"] == .number(30))
        let planned = try #require(morning["planned"]?.elements)
        let cut = try #require(morning["cut"]?.elements)
        #expect(planned.count == 1)
        #expect(cut.count == 1)
        let tasks = planned + cut
        #expect(Set(tasks.compactMap { $0["accountId"]?.textValue }) == ["A-1", "A-2"])
        // From 2 March to 1 April, and back to 21 January.
        let decisions: [String: JSONAnswer] = ["A-1": .number(30), "A-2": .number(-40)]
        for task in tasks {
            let account = try #require(task["accountId"]?.textValue)
            #expect(task["daysToDecision"] == decisions[account], "\(account)")
            #expect(task["valueProtected"]?.matches(.money) == true)
            #expect(task["reasons"]?.elements?.isEmpty == false)
        }
        let minutes = planned.compactMap { $0["minutes"]?.numberValue }.reduce(0, +)
        #expect(minutes <= 30)

        let own = try await user.run("morning", "--csm", "ana@example.com", "--format", "json").json()
        let owners = try #require(own["csms"]?.elements)
        #expect(owners.map { $0["csm"]?.textValue } == ["ana@example.com"])
        let byVariable = try await user.run(
            ["morning", "--format", "json"], variables: ["HALE_CSM": "ana@example.com"])
        let same = try byVariable.json()
        #expect(same == own)
    }

    @Test func `scoring a day again changes nothing`() async throws {
        let user = try await SmallPortfolio.user()
        let before = try await user.run("accounts", "list", "--format", "json")
        let run = try await user.run("score", "--as-of", SmallPortfolio.day, "--format", "json")
        #expect(run.status == 0)
        let answer = try run.json()
        let day = try #require(answer["days"]?.elements?.first)
        #expect(day["day"] == .text(SmallPortfolio.day))
        for (key, count) in ["accounts": 3.0, "inserted": 0, "updated": 0, "unchanged": 3] {
            #expect(day[key] == .number(count), "\(key)")
        }
        let after = try await user.run("accounts", "list", "--format", "json")
        #expect(after.output == before.output)
    }
}
