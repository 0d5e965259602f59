import HaleDomain
import HaleStore
import Postgres

/// Takes back what the newest day that rules have seen made of alerts, in a transaction of the caller.
///
/// An alert is again as it was before the day, and one that began on it never was. What receivers were told stays told: an
/// alert that they know of and that never was is over, one that they take for over and that goes on fires again, and they
/// are told so.
struct AlertRewinding {
    /// What came of it.
    struct Outcome: Sendable, Hashable {
        /// Alerts that never were.
        var removed = 0
        /// Alerts that are again as they were before.
        var restored = 0
        /// Messages that told of the day, sent or on their way.
        var messages = 0
        /// What receivers will be told because of it.
        var corrections = 0
    }

    let day: Day
    let transaction: Connection
    /// Who is told; nil for nobody.
    let outbox: AlertOutbox?

    func run() async throws -> Outcome {
        let store = AlertStore(transaction)
        let told = try await store.told(on: day)
        var outcome = Outcome(messages: told.values.reduce(0) { $0 + $1.messages })
        var drafts: [AlertDraft] = []
        var gone: [Int64] = []
        let seen = try await store.open(endedOn: day)
        try await store.rewindStandings(before: day)
        let standings = try await store.standings()
        for stored in seen where stored.alert.evaluatedOn == day && !stored.seen.isClosed {
            guard var step = step(stored, told: told[stored.number]) else {
                gone.append(stored.number)
                continue
            }
            if step.alert.evaluatedOn < day, stored.seen.kept == nil,
                let former = standings[stored.alert.key.rule]?.evaluatedOn
            {
                step.alert.evaluatedOn = max(step.alert.sinceOn, min(former, day - 1))
            }
            outcome.restored += stored.seen.before(day) == nil ? 0 : 1
            outcome.corrections += step.transition == nil ? 0 : 1
            drafts.append(
                AlertDraft(
                    step: step, number: stored.number, severity: nil, labels: nil, annotations: nil, playbook: nil,
                    signals: nil))
        }
        outcome.removed = gone.count
        try await store.forgetEvents(of: day, toldOf: told.keys.sorted(), removing: gone)
        _ = try await AlertWriting(transaction: transaction, outbox: outbox).store(drafts, on: day)
        return outcome
    }

    /// What an alert is without the day; nil where it never was and nobody was told of it.
    private func step(_ stored: AlertStore.Stored, told: AlertStore.Told?) -> AlertStep? {
        let reason = AlertTransition.Reason.takenBack(day)
        guard let former = stored.seen.before(day) else {
            guard let told else { return nil }
            var over = stored.alert
            over.state = .resolved
            over.resolvedOn = over.resolvedOn ?? day
            return AlertStep(over, told.isFiring ? AlertTransition(.resolved, reason) : nil)
        }
        guard let told, told.isFiring != (former.state == .firing) else { return AlertStep(former) }
        return AlertStep(former, AlertTransition(told.isFiring ? .resolved : .firing, reason))
    }
}
