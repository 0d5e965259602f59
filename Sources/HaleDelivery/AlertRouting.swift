import Foundation
import HaleDomain
package import HaleFiles
package import HaleStore
package import Postgres

/// Writes who is to be told of what happened to alerts, by the receivers and routes in force.
package struct AlertRouting: Sendable {
    private let book: ReceiverBook
    private let effects: DeliveryEffects

    /// Routing with the receivers and routes in force.
    package init(_ book: ReceiverBook, effects: DeliveryEffects) {
        self.book = book
        self.effects = effects
    }

    /// Writes what happened to alerts for those who are told of it, in the caller's transaction. Alerts that another rule
    /// hides are told when they are shown again; alerts about rules go to the administrators.
    func announce(_ events: [AlertStore.Event], on transaction: Connection) async throws {
        let shown = events.filter { $0.key.account != AlertKey.noAccount && !$0.isHidden }
        try await enqueue(
            shown.map { AlertEventKey(account: $0.key.account, event: $0.number) }, on: transaction)
        let notices = try events.filter { $0.key.account == AlertKey.noAccount && $0.kind == .firing }.flatMap {
            event in
            try book.notices(
                group: AlertGroup(
                    key: "rule/\(event.key.subject)", labels: ["rule": event.key.subject, "notice": event.key.rule]),
                text: Self.notice(event.key), effects: effects)
        }
        _ = try await DeliveryStore(transaction).add(notices)
    }

    private static func notice(_ key: AlertKey) -> String {
        key.rule == RuleDay.heldRule
            ? "\(key.subject) is held: it would newly fire for too many accounts on one day. Look, then run: "
                + "hale rules release \(key.subject)"
            : "\(key.subject) has reached its limit: no new alert of it opens."
    }

    /// Routes events and writes an outbox row for each receiver, in the caller's transaction: both are there or neither.
    /// Events that nobody is told of, such as `pending`, may be among them; the same event twice changes nothing. Returns
    /// how many rows are new.
    @discardableResult
    package func enqueue(_ events: [AlertEventKey], on transaction: Connection) async throws -> Int {
        guard !events.isEmpty, !book.routes.isEmpty else { return 0 }
        let store = OutboxStore(transaction)
        var entries: [OutboxEntry] = []
        for event in try await store.routable(events) {
            let alert = RoutedAlert(
                rule: event.rule, account: event.account, severity: event.severity,
                labels: try MessageBody.labels(event.labels), segment: event.segment, csm: event.csm)
            // Two routes to one receiver tell it once.
            var told: Set<String> = []
            for route in AlertRoute.routes(of: alert, among: book.routes) where told.insert(route.receiver).inserted {
                let group = route.group(of: alert)
                entries.append(
                    OutboxEntry(
                        receiver: route.receiver, groupKey: group.key,
                        groupLabels: try MessageBody.json(group.labels), waitSeconds: route.groupWaitSeconds,
                        intervalSeconds: route.groupIntervalSeconds, repeatSeconds: route.repeatSeconds,
                        activeHours: route.activeHours?.description,
                        timeZone: book.entry(named: route.receiver)?.receiver.timeZone ?? "UTC", event: event))
            }
        }
        return try await store.enqueue(entries)
    }
}

extension AlertAnnouncing {
    /// Tells the receivers of a file and of the database; throws `FileFailure` where they are not right.
    package init(
        effects: DeliveryEffects = .withoutSending, readFile: @escaping @Sendable () throws -> ReceiverFile
    ) {
        self.init { database in
            let routing = AlertRouting(
                try await ReceiverBook.load(try readFile(), from: database, effects: effects), effects: effects)
            return AlertOutbox { events, transaction in try await routing.announce(events, on: transaction) }
        }
    }
}
