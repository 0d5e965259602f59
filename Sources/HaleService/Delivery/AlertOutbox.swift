import Foundation
import HaleDomain
public import HaleStore
public import Postgres

/// Writes who is to be told of what happened to alerts.
public struct AlertOutbox: Sendable {
    private let book: ReceiverBook

    /// An outbox with the receivers and routes in force.
    public init(_ book: ReceiverBook) {
        self.book = book
    }

    /// Routes events and writes an outbox row for each receiver, in the caller's transaction: both are there or neither.
    /// Events that nobody is told of, such as `pending`, may be among them; the same event twice changes nothing. Returns
    /// how many rows are new.
    @discardableResult
    public func enqueue(_ events: [AlertEventKey], on transaction: Connection) async throws -> Int {
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
