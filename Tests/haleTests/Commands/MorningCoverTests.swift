import HaleDocuments
import HaleDomain
import HaleTestSupport
import Testing

/// 2026-03-02, a Monday.
private let monday = Day(daysSince2000: 9_557)

/// What the week and the team say while somebody is away.
@Suite struct `The week and the team in an absence` {
    private static let ana = "ana@example.com"
    private static let ben = "ben@example.com"

    private static func task(_ number: Int64, account: Int64, assignee: String? = nil) -> ListedTask {
        ListedTask(
            number: number, origin: .account, accountKey: account, accountID: "A-\(account)", accountName: "A",
            csm: ana, assignee: assignee, capacityMinutes: 30, band: .red, computedBand: .red, title: "Call",
            facts: [], reasons: [], step: "", checklist: [], minutes: 30, dueOn: monday + 30, urgency: 1, saveRate: 1,
            priority: TaskPriority(
                arr: 10_000 / Double(number), probabilityChurn: 1, saveRate: 1, hours: 0.5, urgency: 1, margin: 1,
                hourlyCost: 0),
            isDataTask: false, isHeldOut: false, minorDigits: 2)
    }

    /// Ben covers for Ana on some days of the week.
    private static func covers(_ accounts: ClosedRange<Int64>, on days: ClosedRange<Int>) -> [ResponsibleCSM] {
        accounts.flatMap { account in
            (0..<5).map { day in
                days.contains(day)
                    ? ResponsibleCSM(
                        accountKey: account, day: monday + day, csm: ben, capacityMinutes: 30, covered: ana,
                        coveredUntil: monday + days.upperBound)
                    : ResponsibleCSM(accountKey: account, day: monday + day, csm: ana, capacityMinutes: 30)
            }
        }
    }

    /// The numbers of the tasks on each day, such as `ana: 1 - 3 - -`.
    private static func week(_ tasks: [ListedTask], _ covers: [ResponsibleCSM]) -> [String] {
        CSMWeek.byCSM(tasks, days: (0..<5).map { monday + $0 }, covers: covers).map { week in
            let days = week.plan.days.map { day in
                day.planned.isEmpty ? "-" : day.planned.map { "\($0.number ?? 0)" }.joined(separator: "+")
            }
            return "\(week.csm?.prefix(3) ?? "-"): " + days.joined(separator: " ")
        }
    }

    @Test func `a task is done by whoever has the account on the day, and goes on to the next where there is no time`()
    {
        let tasks = (1...4).map { Self.task($0, account: $0) }
        #expect(Self.week(tasks, []) == ["ana: 1 2 3 4 -"])
        // From Tuesday to Tuesday: what Ana has no time for on Monday is Ben's, and what he has none for is hers again.
        #expect(Self.week(tasks, Self.covers(1...4, on: 1...1)) == ["ana: 1 - 3 4 -", "ben: - 2 - - -"])
        // The first and the last day are Ben's.
        #expect(Self.week(tasks, Self.covers(1...4, on: 0...2)) == ["ana: - - - 4 -", "ben: 1 2 3 - -"])
        #expect(Self.week(tasks, Self.covers(1...4, on: 2...4)) == ["ana: 1 2 - - -", "ben: - - 3 4 -"])
        #expect(Self.week(tasks, Self.covers(1...4, on: 0...4)) == ["ben: 1 2 3 4 -"])
        // Only the second account is covered.
        #expect(Self.week(tasks, Self.covers(2...2, on: 0...4)) == ["ana: 1 3 4 - -", "ben: 2 - - - -"])
    }

    @Test func `what the account's own CSM was given is covered, and what another was given is not`() {
        let given = [
            Self.task(1, account: 1, assignee: Self.ana), Self.task(2, account: 1, assignee: "cem@example.com"),
        ]
        #expect(Self.week(given, Self.covers(1...1, on: 0...4)) == ["ben: 1 - - - -", "cem: 2 - - - -"])
    }

    @Test func `a red account is long untouched from the 90th day, and says so`() {
        let task = Self.task(1, account: 1)
        for (days, fact) in [
            (89, nil), (90, "nobody spoke to them for 90 d"), (91, "nobody spoke to them for 91 d"),
            (nil, "nobody ever spoke to them"),
        ] as [(Int?, String?)] {
            let told = task.afterContact(on: days.map { monday - $0 }, asOf: monday)
            #expect(told.isLongUntouched == (fact != nil) && told.facts == [fact].compactMap(\.self))
        }
        var amber = task
        amber.band = .amber
        #expect(amber.afterContact(on: nil, asOf: monday) == amber)
    }

    @Test(.database) func `the commands read covers from their first to their last day`() async throws {
        let user = try await SmallPortfolio.user()
        let csms = try await user.run("import", "csms", "-", input: "email,name,capacity_minutes\n\(Self.ben),Ben,30\n")
        #expect(csms.status == 0, "\(csms.errors)")
        _ = try await TestDatabase.shared.query(
            """
            insert into hale_data.account_cover (account_id, csm_id, starts_on, until_on)
            select account_id, (select csm_id from hale_data.csm where email = '\(Self.ben)'), '2026-03-03', '2026-03-05'
            from hale_data.account
            where external_id in ('A-1', 'A-2')
            """)
        // Two tasks of half an hour, half an hour a day: the second one is Ben's from Tuesday.
        for (csm, expected) in [(Self.ana, [1, 0, 0, 0, 0]), (Self.ben, [0, 1, 0, 0, 0])] {
            let week = try await user.run("morning", "--week", "--csm", csm, "--format", "json").json()
            let csms = try #require(week["csms"]?.elements)
            #expect(csms.map { $0["csm"] } == [.text(csm)])
            #expect(csms[0]["days"]?.elements?.map { $0["planned"]?.elements?.count } == expected)
        }
        let team = try await user.run("morning", "--team", "--format", "json").json()
        #expect(team["absences"]?.elements?.isEmpty == true)
        for (first, last, isAway) in [
            ("2026-02-20", "2026-03-01", false), ("2026-02-20", "2026-03-02", true), ("2026-03-02", "2026-03-04", true),
            ("2026-03-03", "2026-03-04", false),
        ] {
            _ = try await TestDatabase.shared.query(
                "update hale_data.account_cover set starts_on = '\(first)', until_on = '\(last)'")
            let team = try await user.run("morning", "--team", "--format", "json").json()
            let absences = try #require(team["absences"]?.elements)
            #expect(absences.map { $0["until"] } == (isAway ? [.text(last)] : []), "\(first) to \(last)")
            #expect(team["csms"]?.elements?.first?["csm"] == .text(isAway ? Self.ben : Self.ana))
            #expect(team["csms"]?.elements?.first?["openMinutes"] == .number(60))
        }
        _ = try await TestDatabase.shared.query(
            "update hale_data.account_cover set starts_on = '2026-03-02', until_on = '2026-03-04'")
        let table = try await user.run("morning", "--team")
        let sentence = "\(Self.ben) covers 2 accounts of \(Self.ana) until 4 Mar"
        #expect(table.everything.contains(sentence), "\(table.everything)")
    }
}
