import HaleDomain
import Testing

private let asOf = Day(daysSince2000: 9_556)

private func account(
    _ id: String = "a", band: Band = .amber, flags: RiskFlags = RiskFlags(), state: ContractState = .running,
    days: Int? = 200, urgency: Double = 1, loss: Double = 20_000
) -> TaskAccount {
    TaskAccount(
        accountKey: 1, accountID: id, band: band, flags: flags, contractState: state, daysToDecision: days,
        decisionOn: days.map { asOf + $0 }, urgency: urgency, expectedLoss: loss)
}

@Suite struct `Planning of tasks` {
    @Test(
        arguments: [
            (account(), []),
            (account(band: .red), [.bandRed]),
            (account(band: .unknown), [.unknownBand]),
            (account(state: .noContract, days: nil), [.missingContract]),
            (account(days: 60), [.decisionNear]),
            (account(days: 61), []),
            (account(state: .windowOpenUnsigned, days: -3), [.decisionNear]),
            (account(state: .lockedIn, days: -3), []),
            (account(state: .signed, days: 3), []),
            (account(state: .pastDue, days: -40), [.pastDue]),
            (account(state: .lapsed, days: -140), [.lapsed]),
            (account(band: .red, state: .noticeGiven, days: 10), [.noticeGiven, .bandRed]),
            (account(flags: RiskFlags(cliffSince: asOf)), [.cliff]),
            (account(flags: RiskFlags(cliffSince: asOf - 6)), [.cliff]),
            (account(flags: RiskFlags(cliffSince: asOf - 7)), []),
            (account(flags: RiskFlags(riseSince: asOf)), []),
            (
                account(
                    band: .red,
                    flags: RiskFlags(
                        cliffSince: asOf, declineSince: asOf - 1, championLeftSince: asOf - 2, detractorSince: asOf - 3),
                    days: 5),
                [.cliff, .detractor, .championLeft, .bandRed, .decline, .decisionNear]
            ),
        ] as [(TaskAccount, [TaskReason])])
    func `finds the reasons, the most pressing first`(account: TaskAccount, expected: [TaskReason]) {
        #expect(TaskPlanning.reasons(for: account, asOf: asOf) == expected)
    }

    @Test func `too little data alarms about nothing that was seen, whatever else is known`() {
        let seen: Set<TaskReason> = [.cliff, .detractor, .championLeft, .bandRed, .decline]
        var generator = SplitMix(seed: 7)
        func flag() -> Day? { Bool.random(using: &generator) ? asOf - Int.random(in: 0...9, using: &generator) : nil }
        for _ in 0..<300 {
            let state = ContractState.allCases.randomElement(using: &generator) ?? .running
            let unknown = account(
                band: .unknown,
                flags: RiskFlags(
                    cliffSince: flag(), declineSince: flag(), riseSince: flag(), championLeftSince: flag(),
                    detractorSince: flag()),
                state: state, days: Int.random(in: -200...200, using: &generator))
            let reasons = TaskPlanning.reasons(for: unknown, asOf: asOf)
            #expect(reasons.contains(.unknownBand))
            #expect(seen.isDisjoint(with: reasons), "\(reasons)")
        }
    }

    @Test func `a contract without end has no decision day`() {
        var evergreen = account(state: .evergreen, days: 60)
        evergreen.decisionOn = nil
        #expect(TaskPlanning.reasons(for: evergreen, asOf: asOf) == [])
    }

    @Test func `an account without a reason gets no task`() {
        #expect(TaskPlanning.decide(account(), asOf: asOf) == .noReason)
    }

    @Test func `a task protects margin times loss times save rate`() throws {
        guard case .open(let task) = TaskPlanning.decide(account(band: .red, urgency: 2, loss: 30_000), asOf: asOf)
        else {
            Issue.record("no task")
            return
        }
        // 30 000 · 0.8 · 0.3 = 7 200; half an hour costs 40; (2 · 7 200 - 40) / 0.5.
        #expect(abs(task.priority.valueProtected - 7_200) < 1e-9)
        #expect(abs(task.priority.net - 7_160) < 1e-9)
        #expect(abs(task.priority.score - 28_720) < 1e-9)
        #expect(task.minutes == 30)
        #expect(task.title == "Make a plan to get out of red")
        #expect(task.sentences == ["Health is red."])
        #expect(task.dueOn == asOf + 7)
    }

    @Test func `a task worth less than its time is hidden, a data task never`() {
        // 166 · 0.24 = 39.84 is below the 40 of half an hour, 167 · 0.24 = 40.08 is above.
        guard case .belowCost = TaskPlanning.decide(account(band: .red, loss: 166), asOf: asOf) else {
            Issue.record("not hidden")
            return
        }
        guard case .open(let worthwhile) = TaskPlanning.decide(account(band: .red, loss: 167), asOf: asOf) else {
            Issue.record("hidden")
            return
        }
        guard case .open(let data) = TaskPlanning.decide(account(band: .unknown, loss: 0), asOf: asOf) else {
            Issue.record("data task hidden")
            return
        }
        #expect(!worthwhile.isDataTask)
        #expect(data.isDataTask)
        #expect(data.dueOn == asOf + 14)
    }

    @Test func `without a contract the data comes first and the other reasons stay`() {
        let missing = account(band: .red, state: .noContract, days: nil, loss: 0)
        guard case .open(let task) = TaskPlanning.decide(missing, asOf: asOf) else {
            Issue.record("hidden")
            return
        }
        #expect(task.isDataTask)
        #expect(task.reasons == [.missingContract, .bandRed])
        #expect(task.title == "Add the contract")
    }

    @Test(arguments: [
        (account(state: .noticeGiven, days: 100), 0), (account(state: .pastDue, days: -9), 0),
        (account(flags: RiskFlags(cliffSince: asOf), days: 200), 0), (account(band: .red, days: 3), 3),
        (account(state: .windowOpenUnsigned, days: -3), 0), (account(days: 50), 7),
    ])
    func `is due before it is too late`(account: TaskAccount, days: Int) {
        guard case .open(let task) = TaskPlanning.decide(account, asOf: asOf) else {
            Issue.record("no task")
            return
        }
        #expect(task.dueOn == asOf + days)
    }

    @Test func `says when the decision is`() {
        let near = account(days: 12)
        guard case .open(let task) = TaskPlanning.decide(near, asOf: asOf) else {
            Issue.record("no task")
            return
        }
        #expect(task.sentences == ["The renewal is decided in 12 days, on 2026-03-13."])
    }
}

@Suite struct `A day plan` {
    private func task(_ account: TaskAccount) throws -> TaskDraft {
        guard case .open(let draft) = TaskPlanning.decide(account, asOf: asOf) else {
            throw Missing()
        }
        return draft
    }

    private struct Missing: Error {}

    @Test func `takes what is worth most and says why the rest is cut`() throws {
        let tasks = try [
            task(account("low", band: .red, loss: 1_000)), task(account("high", band: .red, loss: 9_000)),
            task(account("data", band: .unknown, loss: 0)), task(account("middle", band: .red, loss: 5_000)),
            task(account("calm", band: .red, urgency: 0.001, loss: 8_000)),
        ]
        let plan = DayPlan(tasks, capacityMinutes: 60)
        #expect(plan.planned.map(\.account.accountID) == ["high", "middle"])
        #expect(plan.cut.map(\.task.account.accountID) == ["low", "calm", "data"])
        #expect(plan.cut.map(\.reason) == [.outbid, .worthLessThanItsTime, .dataLast])
        #expect(plan.plannedMinutes == 60)
        #expect(abs(plan.planned.reduce(0) { $0 + $1.priority.planValue } - (14_000 * 0.24 - 80)) < 1e-9)
    }

    @Test func `fills what time is left with data tasks`() throws {
        let tasks = try [
            task(account("data", band: .unknown, loss: 0)), task(account("red", band: .red, loss: 9_000)),
        ]
        #expect(DayPlan(tasks, capacityMinutes: 60).planned.map(\.account.accountID) == ["red", "data"])
        #expect(DayPlan(tasks, capacityMinutes: 59).planned.map(\.account.accountID) == ["red"])
        let short = DayPlan(tasks, capacityMinutes: 15)
        #expect(short.planned == [])
        #expect(short.cut.map(\.reason) == [.longerThanTheDay, .longerThanTheDay])
    }

    @Test func `lists equal tasks by decision day, then by account`() throws {
        let tasks = try [
            task(account("c", band: .red, days: nil)), task(account("b", band: .red, days: 90)),
            task(account("a", band: .red, days: 90)), task(account("d", band: .red, days: 80)),
        ]
        #expect(tasks.sorted(by: TaskDraft.isBefore).map(\.account.accountID) == ["d", "a", "b", "c"])
    }

    private static func call(
        _ rule: String, _ severity: AlertSeverity, _ playbook: Playbook, firedOn: Day = asOf - 1
    ) -> PlaybookCall {
        PlaybookCall(rule: rule, severity: severity, firedOn: firedOn, summary: "\(rule) is so", playbook: playbook)
    }

    private static func task(_ account: TaskAccount) -> TaskDraft? {
        guard case .open(let task) = TaskPlanning.decide(account, asOf: asOf) else { return nil }
        return task
    }

    @Test func `an alert with a playbook opens a task whatever it is worth`() throws {
        var small = account(loss: 10)
        #expect(TaskPlanning.decide(small, asOf: asOf) == .noReason)
        small.calls = [Self.call("Cliff", .critical, Playbook(name: "p", title: "Do it", minutes: 45, dueDays: 3))]
        let task = try #require(Self.task(small))
        #expect(task.title == "Do it" && task.minutes == 45 && task.dueOn == asOf + 2 && task.reasons.isEmpty)
        #expect(task.sentences == ["Cliff is so."] && !task.isDataTask)
        // 10 at stake, a margin of 0.8, 0.3 saved, three quarters of an hour at 80.
        #expect(abs(task.priority.net - (2.4 - 60)) < 1e-9)
        #expect(DayPlan([task], capacityMinutes: 240).cut.map(\.reason) == [.worthLessThanItsTime])
    }

    @Test func `the gravest alert leads, what is good to know leads only alone, and nothing is told twice`() throws {
        let plan = Playbook(name: "plan", title: "Plan", dueDays: 30)
        let call = Playbook(name: "call", title: "Call", minutes: 15, dueDays: 0, replaces: [.bandRed])
        var red = account(band: .red)
        red.calls = [Self.call("Later", .info, plan)]
        let first = try #require(Self.task(red))
        #expect(first.title == TaskReason.bandRed.title && first.playbook == nil && first.minutes == 30)
        #expect(first.sentences.count == 2 && first.dueOn == asOf + 7)
        red.calls.append(Self.call("Now", .warning, call))
        let second = try #require(Self.task(red))
        #expect(second.title == "Call" && second.reasons.isEmpty && second.minutes == 15)
        #expect(second.sentences == ["Now is so.", "Later is so."])
        // What should have been done yesterday is due today.
        #expect(second.dueOn == asOf)
        red.calls.append(Self.call("Worse", .critical, plan))
        #expect(Self.task(red)?.title == "Plan")
        var quiet = account()
        quiet.calls = [Self.call("Later", .info, plan)]
        #expect(Self.task(quiet)?.title == "Plan")
        var unknown = account(band: .unknown, state: .noContract, days: nil, loss: 0)
        unknown.calls = [
            Self.call("Data", .info, Playbook(name: "d", title: "Connect", isDataTask: true, replaces: [.unknownBand]))
        ]
        let data = try #require(Self.task(unknown))
        #expect(data.isDataTask && data.title == "Connect" && data.reasons == [.missingContract])
    }
}
