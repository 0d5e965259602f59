import HaleDomain
import Testing

/// An account through random days, with the ledger of its tasks kept here: what the night opens, keeps and closes, and
/// what people end.
private struct RandomAccount {
    static let first = Day(daysSince2000: 9_556)

    private(set) var account: TaskAccount
    private(set) var day = first
    private var random: SplitMix
    private var numbers: Int64 = 0
    let playbooks: [Playbook]

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        account = TaskAccount(
            accountKey: 1, accountID: "a-\(seed)", band: .amber, contractState: .running, daysToDecision: 75,
            decisionOn: Self.first + 75, expectedLoss: 20_000)
        account.startedOn = Self.first - Int.random(in: 0...200, using: &random)
        var renewal = Playbook(name: "renewal", title: "Renew", replaces: [.decisionNear])
        renewal.plan = [
            PlayStep(name: "ask", title: "Ask", at: StepOffset(.decision, days: -60)),
            PlayStep(name: "sign", title: "Sign", at: StepOffset(.decision, days: -20)),
        ]
        var review = Playbook(name: "review", title: "Review")
        review.plan = [PlayStep(name: "hold", title: "Hold", at: StepOffset(.quarter, days: 0), lapsesAfterDays: 9)]
        playbooks = [renewal, review]
    }

    private mutating func isSo(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }

    private mutating func moved(_ flag: Day?) -> Day? {
        if isSo(0.08) { return isSo(0.5) ? day : nil }
        return flag
    }

    /// What is new on the next day.
    mutating func wake() {
        day = day + 1
        account.daysToDecision = account.decisionOn.map { $0 - day }
        if isSo(0.15) { account.band = Band.allCases.randomElement(using: &random) ?? .red }
        account.flags = RiskFlags(
            cliffSince: moved(account.flags.cliffSince), declineSince: moved(account.flags.declineSince),
            championLeftSince: moved(account.flags.championLeftSince),
            detractorSince: moved(account.flags.detractorSince))
        if isSo(0.03) { account.noticeGiven.toggle() }
        if isSo(0.1) { account.expectedLoss = isSo(0.5) ? 100 : 20_000 }
        if isSo(0.06) { account.lastContactOn = day }
        let calls = account.calls
        account.calls = calls.filter { _ in !isSo(0.15) }
        for rule in ["A", "B", "C"] where isSo(0.06) && !account.calls.contains(where: { $0.rule == rule }) {
            let replaced: [TaskReason] =
                [[], [.bandRed], [.cliff], [.noticeGiven, .decline]].randomElement(
                    using: &random) ?? []
            account.calls.append(
                PlaybookCall(
                    rule: rule, severity: AlertSeverity.allCases.randomElement(using: &random) ?? .info, firedOn: day,
                    summary: "\(rule) is so", playbook: Playbook(name: rule, title: rule, replaces: replaced)))
        }
    }

    func drafts() -> [TaskDraft] { TaskPlanning.drafts(for: account, playbooks: playbooks, asOf: day) }

    /// Keeps what the night makes of the drafts; then people end some.
    mutating func keep(_ drafts: [TaskDraft]) {
        for index in account.history.indices where account.history[index].isOpen {
            guard !drafts.contains(where: { $0.record?.number == account.history[index].number }) else { continue }
            account.history[index].closedOn = day
            account.history[index].end = account.history[index].origin == .account ? .resolved : .cancelled
        }
        for draft in drafts {
            if let number = draft.record?.number {
                guard let index = account.history.firstIndex(where: { $0.number == number }) else { continue }
                account.history[index].keys = draft.keys
                account.history[index].closedOn = nil
                account.history[index].end = nil
            } else {
                numbers += 1
                account.history.append(
                    TaskRecord(
                        number: numbers, origin: draft.origin, playbook: draft.playbook?.name ?? "",
                        step: draft.due?.step.name ?? "", occasion: draft.due?.occasion, keys: draft.keys))
            }
        }
        for index in account.history.indices where account.history[index].isOpen && isSo(0.15) {
            account.history[index].closedOn = day
            account.history[index].end = isSo(0.5) ? .done : .dropped
            account.history[index].blocksUntil = day + Int.random(in: 1...30, using: &random)
        }
    }

    /// Names of all that calls for somebody's time, gone through one by one; not what a playbook or a running play
    /// stands for.
    func calling() -> Set<String> {
        var names = Set(TaskPlanning.reasons(for: account, asOf: day).map(\.rawValue))
        for call in account.calls { names.subtract(call.playbook.replaces.map(\.rawValue)) }
        if let left = account.daysToDecision, (-9..<61).contains(left) { names.remove("decision_near") }
        return names.union(account.calls.map { "alert:\($0.rule)" })
    }

    /// The newest task that somebody ended and that keeps a name away on the day.
    func cooling(_ name: String) -> TaskRecord? {
        account.history.filter {
            $0.origin == .account && $0.keys.contains(name) && ($0.blocksUntil.map { day < $0 } ?? false)
        }.max { ($0.closedOn ?? .earliest) < ($1.closedOn ?? .earliest) }
    }
}

@Suite struct `Merging of reasons through random days` {
    /// How often each answer was seen, so that the test is known to have looked at all of them.
    private struct Seen {
        var merged = 0, cooling = 0, contacted = 0, belowCost = 0, cameBack = 0, steps = 0
    }

    @Test func `loses no reason: each is in the open task, or waits for what was done about it`() {
        var seen = Seen()
        for seed in 0..<150 as Range<UInt64> {
            var run = RandomAccount(seed: seed)
            for _ in 0..<60 {
                run.wake()
                let drafts = run.drafts()
                check(run, drafts, "seed \(seed), \(run.day)", &seen)
                run.keep(drafts)
            }
        }
        let counts = [seen.merged, seen.cooling, seen.contacted, seen.belowCost, seen.cameBack, seen.steps]
        #expect(counts.allSatisfy { $0 >= 50 }, "\(seen)")
    }

    private func check(_ run: RandomAccount, _ drafts: [TaskDraft], _ label: String, _ seen: inout Seen) {
        let merged = drafts.filter { $0.origin == .account }
        #expect(merged.count <= 1, "\(label): one task for all that is wrong")
        let open = run.account.history.first { $0.origin == .account && $0.isOpen }
        for name in run.calling() {
            if let task = merged.first, task.keys.contains(name) {
                seen.merged += 1
            } else if run.cooling(name) != nil {
                seen.cooling += 1
            } else if open == nil, let contact = run.account.lastContactOn, run.day - contact < 14, merged.isEmpty {
                seen.contacted += 1
            } else {
                // Half an hour costs 40: at 100 at stake the task protects 24.
                seen.belowCost += 1
                let isWorthIt = run.account.expectedLoss > 40 / 0.24
                let isAlerted = run.account.calls.contains { run.cooling("alert:\($0.rule)") == nil }
                #expect(merged.isEmpty && !isAlerted && !isWorthIt, "\(label): \(name) is lost")
            }
        }
        if let task = merged.first {
            #expect(Set(task.keys).isSubset(of: run.calling()) && task.keys.count == Set(task.keys).count, "\(label)")
            #expect(task.sentences.count == task.keys.count, "\(label): a sentence for each")
            for call in run.account.calls where task.keys.contains("alert:\(call.rule)") {
                #expect(task.sentences.contains("\(call.rule) is so."), "\(label)")
            }
            #expect(task.record?.number == open?.number, "\(label): the open task stays the one that it is")
            let ended = run.account.history.filter {
                ($0.end == .done || $0.end == .dropped) && $0.origin == .account
                    && !Set($0.keys).isDisjoint(with: task.keys)
            }
            let former = ended.max { ($0.closedOn ?? .earliest, $0.number) < ($1.closedOn ?? .earliest, $1.number) }
            #expect(task.former?.number == former?.number, "\(label): what came back says so")
            if former != nil { seen.cameBack += 1 }
        }
        let steps = drafts.compactMap(\.due).map { "\($0.playbook.name)/\($0.step.name)/\($0.occasion)" }
        #expect(Set(steps).count == steps.count, "\(label): one task a play step")
        seen.steps += steps.count
        for draft in drafts where draft.origin == .step {
            let same = run.account.history.filter {
                $0.playbook == draft.playbook?.name && $0.step == draft.due?.step.name
                    && $0.occasion == draft.due?.occasion
            }
            #expect(same.count <= 1 && draft.record?.number == same.first?.number, "\(label): a step opens once")
            #expect(same.first?.end != .done && same.first?.end != .dropped, "\(label): and does not come back")
        }
        #expect(run.drafts() == drafts, "\(label): asked again it is the same")
    }
}
