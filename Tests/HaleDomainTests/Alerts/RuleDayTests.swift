import HaleDomain
import Testing

private let monday = Day(daysSince2000: 9_557)
private let cliff = AlertRule(name: "UsageCliff", condition: "usage_cliff")

/// Readings of accounts 1 to `count`, of which the first `holding` are true.
private func readings(_ holding: Int, of count: Int) -> [Int64: ConditionReading] {
    Dictionary(
        uniqueKeysWithValues: (1...count).map {
            (Int64($0), ConditionReading(met: $0 <= holding ? .holds : .fails))
        })
}

/// The open alerts after a day, by account.
private func open(_ result: RuleDay) -> [Int64: Alert] {
    Dictionary(
        uniqueKeysWithValues: result.steps.map(\.alert).filter(\.isOpen).map { ($0.key.account, $0) })
}

@Suite struct `A rule on a day` {
    /// A rule that was evaluated the day before, and what it makes of the day.
    private func run(
        of rule: AlertRule = cliff, alerts: [Int64: Alert] = [:], _ readings: [Int64: ConditionReading], scored: Int,
        standing: RuleStanding? = RuleStanding(firstEvaluatedOn: monday - 9, evaluatedOn: monday - 1),
        fleetGuard: FleetGuard = FleetGuard(), on day: Day = monday
    ) throws -> RuleDay {
        try #require(
            RuleDay.run(
                rule, standing: standing, alerts: alerts, readings: readings, scoredAccounts: scored,
                fleetGuard: fleetGuard, on: day))
    }

    @Test func `a day that it has seen is not seen again`() {
        for seen in [monday, monday + 1] {
            let standing = RuleStanding(firstEvaluatedOn: monday - 9, evaluatedOn: seen)
            let result = RuleDay.run(
                cliff, standing: standing, alerts: [:], readings: readings(3, of: 10), scoredAccounts: 10, on: monday)
            #expect(result == nil)
        }
    }

    @Test func `an open alert without a reading cannot be told`() throws {
        let first = try run(readings(1, of: 1), scored: 1)
        let second = try run(alerts: open(first), [:], scored: 1, on: monday + 1)
        #expect(second.steps.map(\.transition) == [AlertTransition(.stale, .unknownSince(monday))])
    }

    // MARK: The limit

    @Test(arguments: [(3, nil), (2, 3), (1, 3)] as [(Int, Int?)])
    func `more alerts than its limit: no new one opens`(limit: Int, over: Int?) throws {
        var rule = cliff
        rule.limit = limit
        let result = try run(of: rule, readings(3, of: 10), scored: 10)
        #expect(result.alertsOverLimit == over)
        #expect(result.steps.count == (over == nil ? 3 : 0))
    }

    @Test func `what is open stays when the limit is crossed, and ends as it would`() throws {
        var rule = cliff
        rule.limit = 2
        let first = try run(of: rule, readings(2, of: 10), scored: 10)
        #expect(first.steps.map(\.transition?.kind) == [.firing, .firing])
        let second = try run(of: rule, alerts: open(first), readings(5, of: 10), scored: 10, on: monday + 1)
        #expect(second.alertsOverLimit == 5)
        #expect(second.steps.map(\.alert.state) == [.firing, .firing])
        let third = try run(of: rule, alerts: open(second), readings(1, of: 10), scored: 10, on: monday + 2)
        #expect(third.alertsOverLimit == nil)
        #expect(third.steps.map(\.transition?.kind) == [nil, .resolved])
    }

    // MARK: The fleet guard

    @Test(arguments: [(6, 20, false), (7, 20, true), (19, 19, false), (30, 100, false), (31, 100, true)])
    func `too large a share of the scored accounts at once: nothing fires`(
        firing: Int, scored: Int, isHeld: Bool
    ) throws {
        let result = try run(readings(firing, of: scored), scored: scored)
        #expect((result.standing.heldSince == monday) == isHeld)
        #expect(result.surge == (isHeld ? firing : nil))
        #expect(result.steps.count == firing)
        for step in result.steps {
            #expect(step.alert.state == (isHeld ? .pending : .firing))
            #expect(
                step.transition
                    == (isHeld ? AlertTransition(.pending, .heldBack) : AlertTransition(.firing, .held(days: 1, of: 1)))
            )
            #expect((step.alert.firedOn == nil) == isHeld)
        }
    }

    @Test func `the share is a setting`() throws {
        let wide = try run(readings(10, of: 20), scored: 20, fleetGuard: FleetGuard(maximumShare: 0.5))
        #expect(wide.standing.heldSince == nil)
        let narrow = try run(readings(3, of: 20), scored: 20, fleetGuard: FleetGuard(maximumShare: 0.1))
        #expect(narrow.standing.heldSince == monday)
    }

    @Test func `what a new rule finds on its first day does not count, even where it fires later`() throws {
        let first = try run(readings(20, of: 20), scored: 20, standing: nil)
        #expect(first.standing == RuleStanding(firstEvaluatedOn: monday, evaluatedOn: monday))
        #expect(first.steps.allSatisfy { $0.alert.state == .firing })
        var slow = cliff
        slow.forDays = 2
        let pending = try run(of: slow, readings(20, of: 20), scored: 20, standing: nil)
        let fired = try run(
            of: slow, alerts: open(pending), readings(20, of: 20), scored: 20, standing: pending.standing,
            on: monday + 1)
        #expect(fired.steps.allSatisfy { $0.transition?.kind == .firing })
        #expect(fired.standing.heldSince == nil)
    }

    @Test func `a held rule stays held, lets end what fires, and releases what waits`() throws {
        let before = try run(readings(2, of: 20), scored: 20)
        let held = try run(
            alerts: open(before), readings(12, of: 20), scored: 20, standing: before.standing, on: monday + 1)
        #expect(held.standing.heldSince == monday + 1 && held.surge == 10)
        // The next day only five hold: one of the two that fired has ended, four wait still, and a new one waits too.
        var next = readings(0, of: 20)
        for account in [2, 3, 4, 5, 6, 20] { next[Int64(account)] = ConditionReading(met: .holds) }
        let later = try run(alerts: open(held), next, scored: 20, standing: held.standing, on: monday + 2)
        #expect(later.standing.heldSince == monday + 1 && later.surge == nil)
        #expect(later.steps.first?.transition == AlertTransition(.resolved, .failed))
        let waiting = open(later).values.filter { $0.state == .pending }
        #expect(Set(waiting.map(\.key.account)) == [3, 4, 5, 6, 20])
        #expect(!later.steps.contains { $0.transition?.kind == .firing })
        let released = RuleDay.release(cliff, alerts: Array(open(later).values), on: monday + 2)
        #expect(Set(released.map(\.alert.key.account)) == [3, 4, 5, 6, 20])
        #expect(released.allSatisfy { $0.transition == AlertTransition(.firing, .released) })
        #expect(released.allSatisfy { $0.alert.state == .firing && $0.alert.firedOn == monday + 2 })
    }

    @Test func `a release fires nothing that has not waited long enough, and nothing of another rule`() throws {
        var slow = cliff
        slow.forDays = 3
        let pending = try run(of: slow, readings(2, of: 20), scored: 20)
        #expect(RuleDay.release(slow, alerts: Array(open(pending).values), on: monday).isEmpty)
        let other = AlertRule(name: "Other", condition: "true")
        #expect(RuleDay.release(other, alerts: Array(open(pending).values), on: monday).isEmpty)
    }

    // MARK: Alerts about the rule

    @Test func `its limit and its hold are one alert each, until they are over`() throws {
        var rule = cliff
        rule.limit = 2
        let over = try run(of: rule, readings(3, of: 30), scored: 30)
        let raised = RuleNotice.steps(about: rule, after: over, open: [:], scoredAccounts: 30, on: monday)
        #expect(raised.map(\.alert.key) == [AlertKey(account: 0, rule: "RuleLimitReached", subject: "UsageCliff")])
        #expect(raised.first?.transition == AlertTransition(.firing, .overLimit(alerts: 3, limit: 2)))
        let alert = try #require(raised.first?.alert)
        let still = try run(of: rule, readings(4, of: 30), scored: 30, on: monday + 1)
        let second = RuleNotice.steps(
            about: rule, after: still, open: [alert.key.rule: alert], scoredAccounts: 30, on: monday + 1)
        #expect(second.map(\.transition) == [nil] && second.first?.isNew == false)
        let within = try run(of: rule, readings(1, of: 30), scored: 30, on: monday + 2)
        let third = RuleNotice.steps(
            about: rule, after: within, open: [alert.key.rule: alert], scoredAccounts: 30, on: monday + 2)
        #expect(third.map(\.transition) == [AlertTransition(.resolved, .withinLimit)])

        let held = try run(readings(10, of: 20), scored: 20)
        let notice = RuleNotice.steps(about: cliff, after: held, open: [:], scoredAccounts: 20, on: monday)
        #expect(notice.map(\.alert.key.rule) == ["RuleHeld"])
        #expect(notice.first?.transition == AlertTransition(.firing, .surge(accounts: 10, of: 20)))
        let heldAlert = try #require(notice.first?.alert)
        #expect(RuleNotice.released(heldAlert, on: monday).transition == AlertTransition(.resolved, .released))
    }
}
