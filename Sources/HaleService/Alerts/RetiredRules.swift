import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// Rules that shipped once and ship no more: their open alerts end without a word to anybody, unless a file of the user's
/// own has the rule.
struct RetiredRules {
    /// The checkpoints before a renewal are dated tasks of the playbook `renewal` now.
    static let names: Set<String> = [
        "RenewalCheckpoint180", "RenewalCheckpoint120", "RenewalCheckpoint90", "RenewalCheckpoint60",
        "RenewalCheckpoint30",
    ]

    let database: Database

    /// Ends the open alerts of retired rules that are not among those in force.
    func end(inForce rules: [AlertRule]) async throws {
        let retired = Self.names.subtracting(rules.map(\.name))
        guard !retired.isEmpty else { return }
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let store = AlertStore(transaction)
                guard try await store.standings().keys.contains(where: retired.contains) else { return }
                try await store.lock()
                let open = try await store.open().filter { retired.contains($0.alert.key.rule) }
                for (day, alerts) in Dictionary(grouping: open, by: \.alert.evaluatedOn) {
                    let drafts = alerts.map { stored in
                        AlertDraft(
                            step: AlertLifecycle.close(stored.alert, by: "Hale: the rule ships no more"),
                            number: stored.number, severity: nil, labels: nil, annotations: nil, playbook: nil,
                            signals: nil)
                    }
                    _ = try await AlertWriting(transaction: transaction, outbox: nil).store(drafts, on: day)
                }
            }
        }
    }
}
