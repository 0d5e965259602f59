import HaleDomain
import Testing

private let asOf = Day(daysSince2000: 9_556)  // Sunday, 1 March 2026

private func step(_ name: String, _ at: StepOffset, lapses: Int? = nil) -> PlayStep {
    PlayStep(name: name, title: name, at: at, minutes: 30, lapsesAfterDays: lapses)
}

private func play(_ steps: [PlayStep], name: String = "play", replaces: [TaskReason] = []) -> Playbook {
    var playbook = Playbook(name: name, title: name, replaces: replaces)
    playbook.plan = steps
    return playbook
}

private func account(
    decisionIn days: Int? = nil, startedOn: Day? = nil, band: Band = .amber, loss: Double = 20_000
) -> TaskAccount {
    var account = TaskAccount(
        accountKey: 1, accountID: "a", band: band, contractState: .running, daysToDecision: days,
        decisionOn: days.map { asOf + $0 }, expectedLoss: loss)
    account.startedOn = startedOn
    return account
}

@Suite struct `Dated steps of a playbook` {
    private static let renewal = play([
        step("half-year", StepOffset(.decision, days: -180)), step("agreement", StepOffset(.decision, days: -90)),
        step("signature", StepOffset(.decision, days: -30)),
    ])

    /// The steps due with a number of days left before the decision.
    private func due(_ days: Int, _ playbook: Playbook = renewal) -> [String] {
        StepPlanning.dueSteps(of: [playbook], for: account(decisionIn: days), asOf: asOf).map(\.step.name)
    }

    @Test func `open on their day, and lapse on the day the next one opens; the last one after 30 days`() {
        #expect(due(181) == [] && due(180) == ["half-year"] && due(91) == ["half-year"])
        #expect(due(90) == ["agreement"] && due(31) == ["agreement"])
        #expect(due(30) == ["signature"] && due(1) == ["signature"] && due(0) == [])
    }

    @Test func `lapse after the days that the file says`() {
        let short = play([step("a", StepOffset(.decision, days: -90), lapses: 5)])
        #expect(due(90, short) == ["a"] && due(86, short) == ["a"] && due(85, short) == [])
    }

    @Test func `are not called for in the states that cancel them`() {
        var playbook = Self.renewal
        playbook.cancelledIn = [.running]
        #expect(due(90, playbook) == [])
    }

    @Test func `working days leave out weekends, forwards and backwards`() {
        // Sunday 1 March 2026: three working days later it is Wednesday, three before it was Wednesday too.
        #expect(StepOffset(.alert, days: 3, isWorkingDays: true).day(from: asOf) == asOf + 3)
        #expect(StepOffset(.alert, days: -3, isWorkingDays: true).day(from: asOf) == asOf - 4)
        // From a Friday one working day later it is Monday.
        #expect(StepOffset(.alert, days: 1, isWorkingDays: true).day(from: asOf - 2) == asOf + 1)
        // No day at all: the anchor itself, or the Monday after a weekend.
        #expect(StepOffset(.alert, days: 0, isWorkingDays: true).day(from: asOf) == asOf + 1)
        #expect(StepOffset(.alert, days: 0, isWorkingDays: true).day(from: asOf + 1) == asOf + 1)
    }

    @Test func `a quarter is every 13th week since the start, and the start is none`() {
        let review = play([step("review", StepOffset(.quarter, days: 0), lapses: 7)])
        func isDue(_ age: Int) -> Bool {
            !StepPlanning.dueSteps(of: [review], for: account(startedOn: asOf - age), asOf: asOf).isEmpty
        }
        #expect(
            (0..<400).filter(isDue)
                == [Array(91..<98), Array(182..<189), Array(273..<280), Array(364..<371)].flatMap(\.self))
    }

    /// The accounts of a night are read by windows of days: whatever is due must be in them.
    @Test func `what is due is always inside the window by which accounts are read`() {
        var generator = SplitMix(seed: 11)
        for _ in 0..<400 {
            let anchors: [PlayAnchor] = [.decision, .start, .quarter]
            let anchor = anchors.randomElement(using: &generator) ?? .decision
            let steps = (0..<Int.random(in: 1...4, using: &generator)).map { index in
                step(
                    "s\(index)",
                    StepOffset(
                        anchor, days: Int.random(in: -40...40, using: &generator),
                        isWorkingDays: Bool.random(using: &generator)),
                    lapses: Bool.random(using: &generator) ? Int.random(in: 1...20, using: &generator) : nil)
            }
            let playbook = play(steps)
            let shift = Int.random(in: -60...200, using: &generator)
            let seen = anchor == .decision ? account(decisionIn: -shift) : account(startedOn: asOf - shift)
            for due in StepPlanning.dueSteps(of: [playbook], for: seen, asOf: asOf) {
                let window = StepPlanning.window(of: due.step, in: playbook)
                #expect(window.contains(asOf - due.occasion), "\(due.step.at) \(window) \(asOf - due.occasion)")
            }
        }
    }

    @Test func `a step that somebody ended does not come back, also when the date moves a little`() {
        var seen = account(decisionIn: 90)
        func drafts() -> [TaskDraft] { TaskPlanning.drafts(for: seen, playbooks: [Self.renewal], asOf: asOf) }
        #expect(drafts().map { $0.due?.step.name } == ["agreement"])
        let done = TaskRecord(
            number: 4, origin: .step, playbook: "play", step: "agreement", occasion: asOf + 60, closedOn: asOf - 1,
            end: .done)
        seen.history = [done]
        #expect(drafts().isEmpty)
        // A year later it is another renewal.
        seen.history[0].occasion = asOf + 90 - 365
        #expect(drafts().count == 1)
        // One that was only cancelled comes back as the same task.
        seen.history = [done]
        seen.history[0].end = .cancelled
        #expect(drafts().map { $0.record?.number } == [4])
    }

    @Test func `a play that runs stands for its reasons, and together tasks protect no more than is at stake`() {
        let renewal = play(Self.renewal.plan, replaces: [.decisionNear])
        let near = TaskPlanning.drafts(for: account(decisionIn: 20), playbooks: [renewal], asOf: asOf)
        #expect(near.map { $0.due?.step.name } == ["signature"])
        #expect(TaskPlanning.drafts(for: account(decisionIn: 20), playbooks: [], asOf: asOf).count == 1)

        let red = TaskPlanning.drafts(for: account(decisionIn: 20, band: .red), playbooks: [renewal], asOf: asOf)
        // 20,000 at risk, a margin of 0.8: 0.3 of it, then 0.3 of what is left.
        let values = red.map(\.priority.valueProtected).sorted(by: >)
        #expect(values.count == 2)
        #expect(abs(values[0] - 4800) < 1e-9 && abs(values[1] - 16_000 * 0.7 * 0.3) < 1e-9)
    }

    @Test func `an audience is asked when a step opens and not again`() {
        var review = play([step("review", StepOffset(.decision, days: -90))])
        review.audience.leastARR = 50_000
        review.audience.bands = [.green]
        var seen = account(decisionIn: 90, band: .green)
        func isOpen() -> Bool { !TaskPlanning.drafts(for: seen, playbooks: [review], asOf: asOf).isEmpty }
        seen.arr = 49_999
        #expect(!isOpen())
        seen.arr = 50_000
        #expect(isOpen())
        seen.band = .amber
        #expect(!isOpen())
        seen.history = [
            TaskRecord(number: 1, origin: .step, playbook: "play", step: "review", occasion: asOf + 90)
        ]
        #expect(isOpen())
    }

    @Test func `a hold-out leaves a share of accounts of low value alone, the same ones whenever it is asked`() {
        let holdOut = HoldOut(share: 0.1, below: 1000)
        func holds(_ account: Int, value: Double = 500) -> Bool {
            holdOut.holds(account: "A-\(account)", playbook: "p", occasion: asOf, valueProtected: value)
        }
        let held = (0..<10_000).filter { holds($0) }
        // Binomial with n = 10,000 and p = 0.1: four standard deviations are 120.
        #expect(abs(held.count - 1000) < 120)
        #expect(held == (0..<10_000).filter { holds($0) })
        #expect(!(0..<10_000).contains { holds($0, value: 1000) })
    }
}

@Suite struct `What was done does not come back at once` {
    private func decide(_ account: TaskAccount) -> TaskDecision { TaskPlanning.decide(account, asOf: asOf) }

    private func ended(_ keys: [String], on day: Day, until: Day) -> TaskRecord {
        TaskRecord(number: 7, origin: .account, keys: keys, closedOn: day, end: .done, blocksUntil: until)
    }

    @Test func `a reason stays away until the day its cool-down is over, and then says what came back`() throws {
        var red = account(band: .red)
        red.history = [ended(["band_red"], on: asOf - 14, until: asOf + 1)]
        #expect(decide(red) == .coolingDown)
        red.history = [ended(["band_red"], on: asOf - 14, until: asOf)]
        guard case .open(let task) = decide(red) else {
            Issue.record("no task")
            return
        }
        #expect(task.former?.number == 7 && task.keys == ["band_red"])
        // What was done about something else keeps nothing away.
        red.history = [ended(["usage_decline"], on: asOf - 1, until: asOf + 30)]
        guard case .open(let other) = decide(red) else {
            Issue.record("no task")
            return
        }
        #expect(other.former == nil)
    }

    @Test func `a cliff that is newer than what was done is another one`() {
        var fallen = account()
        fallen.flags = RiskFlags(cliffSince: asOf - 3)
        fallen.history = [ended(["usage_cliff"], on: asOf - 3, until: asOf + 30)]
        #expect(decide(fallen) == .coolingDown)
        fallen.history = [ended(["usage_cliff"], on: asOf - 4, until: asOf + 30)]
        #expect(decide(fallen) != .coolingDown)
    }

    @Test func `a critical alert that fired since then comes at once, any other waits`() {
        var alerted = account()
        func call(_ severity: AlertSeverity, firedOn: Day) -> PlaybookCall {
            PlaybookCall(
                rule: "R", severity: severity, firedOn: firedOn, summary: nil, playbook: Playbook(name: "p", title: "P")
            )
        }
        alerted.history = [ended(["alert:R"], on: asOf - 2, until: asOf + 30)]
        alerted.calls = [call(.critical, firedOn: asOf - 2)]
        #expect(decide(alerted) == .coolingDown)
        alerted.calls = [call(.critical, firedOn: asOf - 1)]
        #expect(decide(alerted) != .coolingDown)
        alerted.calls = [call(.warning, firedOn: asOf - 1)]
        #expect(decide(alerted) == .coolingDown)
    }

    @Test func `what playbooks saved moves what they are assumed to save`() {
        #expect(SaveRecord().rate(assuming: 0.3) == 0.3)
        // (6 + 9) / (20 + 10)
        #expect(abs(SaveRecord(treated: 10, saved: 9).rate(assuming: 0.3) - 0.5) < 1e-12)
    }
}
