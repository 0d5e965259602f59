import HaleDomain
import Testing

private let today = Day(daysSince2000: 9_556)

private func step(
    _ rule: String, account: Int64 = 1, state: AlertState = .firing, hiddenBy: String? = nil,
    _ transition: AlertTransition? = nil
) -> AlertStep {
    AlertStep(
        Alert(
            key: AlertKey(account: account, rule: rule), state: state, sinceOn: today, evaluatedOn: today,
            inhibitedBy: hiddenBy), transition)
}

@Suite struct `Hidden alerts` {
    private let rules = [
        AlertRule(name: "Notice", condition: "true", inhibits: ["Cliff"]),
        AlertRule(name: "Cliff", condition: "true", inhibits: ["Decline"]),
        AlertRule(name: "Decline", condition: "true"),
    ]

    private func hiders(_ steps: [AlertStep], others: [Alert] = []) -> [String?] {
        AlertInhibition.apply(rules, to: steps, others: others).map(\.alert.inhibitedBy)
    }

    @Test func `a firing rule hides what it names, for its account only, though it is hidden itself`() {
        #expect(hiders([step("Notice"), step("Cliff"), step("Decline")]) == [nil, "Notice", "Cliff"])
        #expect(hiders([step("Notice", account: 2), step("Cliff")]) == [nil, nil])
        #expect(hiders([step("Notice"), step("Decline")]) == [nil, nil])
    }

    @Test func `a pending rule hides nothing, and a pending alert may be hidden`() {
        #expect(hiders([step("Notice", state: .pending), step("Cliff")]) == [nil, nil])
        #expect(hiders([step("Notice"), step("Cliff", state: .pending)]) == [nil, "Notice"])
    }

    @Test func `an alert that nothing hides any more fires again for those who are told`() {
        let ended = AlertTransition(.resolved, .failed)
        let shown = AlertInhibition.apply(
            rules, to: [step("Notice", state: .resolved, ended), step("Cliff", hiddenBy: "Notice")])
        #expect(shown.map(\.transition) == [ended, AlertTransition(.firing, .shownAgain(after: "Notice"))])
        #expect(shown.map(\.alert.inhibitedBy) == [nil, nil])
        let pending = AlertInhibition.apply(rules, to: [step("Cliff", state: .pending, hiddenBy: "Notice")])
        #expect(pending.map(\.transition) == [nil])
        let over = AlertInhibition.apply(rules, to: [step("Cliff", state: .resolved, hiddenBy: "Notice", ended)])
        #expect(over.map(\.transition) == [ended])
    }

    @Test func `an alert that was not looked at hides, and is hidden`() {
        let cliff = step("Cliff").alert
        #expect(hiders([step("Decline")], others: [cliff]) == ["Cliff"])
        let steps = AlertInhibition.apply(rules, to: [step("Notice")], others: [cliff])
        #expect(steps.map(\.alert.inhibitedBy) == [nil, "Notice"])
        // What does not change is not written.
        #expect(AlertInhibition.apply(rules, to: [step("Decline")], others: [cliff]).count == 1)
    }
}
