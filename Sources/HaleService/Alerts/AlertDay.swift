import HaleDomain
import HaleFiles
import HaleStore

/// All rules on one day: what becomes of every alert, decided from what is stored and what was evaluated.
struct AlertDay {
    /// What was decided.
    struct Decision {
        /// The alerts after the day, those about rules at the end.
        var steps: [AlertStep] = []
        /// Where the rules stand that were evaluated.
        var standings: [String: RuleStanding] = [:]
    }

    let day: Day
    /// The rules in force.
    let rules: [AlertRule]
    let standings: [String: RuleStanding]
    /// The open alerts, and those that ended on the day where rules are looked at again.
    let seen: [AlertStore.Stored]
    let evaluation: RuleEvaluation.Result
    let scoredAccounts: Int
    let fleetGuard: FleetGuard
    /// The rules whose alerts are noise, with what people said of them.
    let noise: [String: RuleVerdicts]

    /// Decides the day.
    func decide() -> Decision {
        let byRule = Dictionary(grouping: seen) { $0.alert.key.rule }
        var decision = Decision()
        var notices: [AlertStep] = []
        for rule in rules {
            guard let readings = evaluation.readings[rule.name],
                let result = run(rule, of: byRule[rule.name] ?? [], readings: readings)
            else { continue }
            decision.steps += result.steps
            decision.standings[rule.name] = result.standing
            notices += RuleNotice.steps(
                about: rule, after: result, open: self.notices(about: rule.name), scoredAccounts: scoredAccounts,
                noise: noise[rule.name], on: day)
        }
        decision.steps += gone(byRule)
        let stepped = Set(decision.steps.map(\.alert.key))
        let others = seen.map(\.alert).filter {
            $0.isOpen && !stepped.contains($0.key) && $0.key.account != AlertKey.noAccount
        }
        decision.steps = AlertInhibition.apply(rules, to: decision.steps, others: others) + notices
        return decision
    }

    /// What one rule does to its alerts: for the first time on the day, or again now that more is known of it.
    private func run(
        _ rule: AlertRule, of stored: [AlertStore.Stored], readings: [Int64: ConditionReading]
    ) -> RuleDay? {
        // Of several on one day the open one counts.
        let own = Dictionary(
            stored.map { ($0.alert.key.account, $0.seen) }, uniquingKeysWith: { $0.alert.isOpen ? $0 : $1 })
        if let standing = standings[rule.name], standing.evaluatedOn == day {
            return RuleDay.again(
                rule, standing: standing, alerts: own, readings: readings, scoredAccounts: scoredAccounts,
                fleetGuard: fleetGuard, on: day)
        }
        return RuleDay.run(
            rule, standing: standings[rule.name], alerts: own.mapValues(\.alert).filter(\.value.isOpen),
            readings: readings, scoredAccounts: scoredAccounts, fleetGuard: fleetGuard, on: day)
    }

    /// The alerts that the day changes nothing of: each stays as it is, as its condition held.
    func steady(_ decision: Decision) -> [AlertStore.Stored] {
        let stored = Dictionary(
            seen.map { ($0.alert.key, $0) }, uniquingKeysWith: { $0.alert.isOpen ? $0 : $1 })
        return decision.steps.compactMap { step in
            // What hides an alert does not follow from it, so one that is hidden keeps what it was before.
            guard step.transition == nil, !step.isNew, let own = stored[step.alert.key], own.alert.evaluatedOn < day,
                own.alert.inhibitedBy == nil, step.alert == own.alert.holding(on: day)
            else { return nil }
            return own
        }
    }

    /// The decided alerts as they are to be stored, one after another: the alerts of an account follow each other, so that
    /// its signals are read once and not kept.
    func drafts(
        _ decision: Decision, besides kept: Set<AlertKey>, _ texts: AlertTexts
    ) -> some Sequence<AlertDraft> {
        let numbers = Dictionary(
            seen.map { ($0.alert.key, $0) }, uniquingKeysWith: { $0.alert.isOpen ? $0 : $1 }
        ).mapValues(\.number)
        let ordered = decision.steps.filter { !kept.contains($0.alert.key) }.enumerated().sorted {
            ($0.element.alert.key.account, $0.offset) < ($1.element.alert.key.account, $1.offset)
        }
        var values: (account: Int64, values: SignalValues)?
        return ordered.lazy.map { _, step in
            let key = step.alert.key
            let number = step.isNew ? nil : numbers[key]
            guard key.account != AlertKey.noAccount else { return AlertTexts.notice(step, number: number) }
            let signals = evaluation.signals[key.account]
            if values?.account != key.account {
                values = signals.map { (key.account, SignalValues(json: $0)) }
            }
            return texts.draft(step, number: number, signals: signals, values: values?.values)
        }
    }

    /// Open alerts of rules that are in no file any more: nothing can be told of them, and nobody resolves them because a
    /// folder is missing.
    private func gone(_ byRule: [String: [AlertStore.Stored]]) -> [AlertStep] {
        let known = Set(rules.map(\.name))
        return byRule.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.flatMap { name, stored in
            stored.map(\.alert).filter { $0.isOpen && $0.key.account != AlertKey.noAccount }.compactMap { alert in
                AlertLifecycle.step(
                    AlertRule(name: name, condition: ""), key: alert.key, alert: alert, reading: .unknown, on: day)
            }
        }
    }

    private func notices(about rule: String) -> [String: Alert] {
        let own = seen.map(\.alert).filter {
            $0.isOpen && $0.key.account == AlertKey.noAccount && $0.key.subject == rule
        }
        return Dictionary(own.map { ($0.key.rule, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
