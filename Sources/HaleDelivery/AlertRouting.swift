import Foundation
package import HaleDomain
package import HaleFiles
package import HaleStore
package import Postgres

/// Writes who is to be told of what happened to alerts, by the receivers and routes in force and within the budget of each
/// CSM.
package struct AlertRouting: Sendable {
    /// An event with the ways that it goes.
    private struct Routed {
        let event: RoutableEvent
        let alert: RoutedAlert
        /// One a receiver.
        let routes: [AlertRoute]
    }

    private let book: ReceiverBook
    private let budget: AlertBudget
    private let effects: DeliveryEffects

    /// Routing with the receivers and routes in force.
    package init(_ book: ReceiverBook, budget: AlertBudget = AlertBudget(), effects: DeliveryEffects) {
        self.book = book
        self.budget = budget
        self.effects = effects
    }

    /// Writes what happened to alerts for those who are told of it, in the caller's transaction. New alerts beyond the
    /// budget of their CSM are left to the digest, and so is what happens to them later. Alerts that another rule hides are
    /// told when they are shown again; alerts about rules go to the administrators.
    func announce(_ events: [AlertStore.Event], on transaction: Connection) async throws {
        let shown = events.filter { $0.key.account != AlertKey.noAccount && !$0.isHidden }
        let routed = try await route(
            shown.map { AlertEventKey(account: $0.key.account, event: $0.number) }, on: transaction)
        try await write(withinBudget(routed, on: transaction), on: transaction)
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
        switch key.rule {
        case RuleDay.heldRule:
            "\(key.subject) is held: it would newly fire for too many accounts on one day. Look, then run: "
                + "hale rules release \(key.subject)"
        case RuleDay.noisyRule:
            "Most alerts of \(key.subject) are noise: the digest alone tells of new ones. See: hale rules ledger"
        default: "\(key.subject) has reached its limit: no new alert of it opens."
        }
    }

    /// Routes events and writes an outbox row for each receiver, in the caller's transaction: both are there or neither.
    /// Events that nobody is told of, such as `pending`, may be among them; the same event twice changes nothing. Returns
    /// how many rows are new.
    @discardableResult
    package func enqueue(_ events: [AlertEventKey], on transaction: Connection) async throws -> Int {
        try await write(route(events, on: transaction), on: transaction)
    }

    /// The events that a receiver is to be told of.
    private func route(_ events: [AlertEventKey], on transaction: Connection) async throws -> [Routed] {
        guard !events.isEmpty, !book.routes.isEmpty else { return [] }
        return try await OutboxStore(transaction).routable(events).compactMap { event in
            let alert = RoutedAlert(
                rule: event.rule, account: event.account, severity: event.severity,
                labels: try MessageBody.labels(event.labels), segment: event.segment, csm: event.csm)
            // Two routes to one receiver tell it once.
            var told: Set<String> = []
            let routes = AlertRoute.routes(of: alert, among: book.routes(csm: event.csm)).filter {
                told.insert($0.receiver).inserted
            }
            return routes.isEmpty ? nil : Routed(event: event, alert: alert, routes: routes)
        }
    }

    /// The events that receivers are told of; notes of new alerts whether they are among them.
    private func withinBudget(_ routed: [Routed], on transaction: Connection) async throws -> [Routed] {
        let store = AlertStore(transaction)
        var held: Set<Int64> = []
        for (day, new) in Dictionary(grouping: routed.map(\.event).filter(\.isNew), by: \.day) {
            let reasons = budget.held(
                new.map(AlertBudget.Candidate.init), announced: try await store.announced(on: day))
            try await store.markAnnounced(
                new.map { ($0.key.account, $0.alertKey, reasons[$0.alertKey]) }, on: day)
            held.formUnion(reasons.keys)
        }
        return routed.filter { $0.event.digestReason == nil && !held.contains($0.event.alertKey) }
    }

    @discardableResult
    private func write(_ routed: [Routed], on transaction: Connection) async throws -> Int {
        var entries: [OutboxEntry] = []
        for routed in routed {
            for route in routed.routes {
                let group = route.group(of: routed.alert)
                entries.append(
                    OutboxEntry(
                        receiver: route.receiver, groupKey: group.key,
                        groupLabels: try MessageBody.json(group.labels), waitSeconds: route.groupWaitSeconds,
                        intervalSeconds: route.groupIntervalSeconds, repeatSeconds: route.repeatSeconds,
                        activeHours: route.activeHours?.description,
                        timeZone: book.entry(named: route.receiver)?.receiver.timeZone ?? "UTC", event: routed.event))
            }
        }
        return try await OutboxStore(transaction).enqueue(entries)
    }
}

extension AlertBudget.Candidate {
    /// A new alert as its event has it.
    fileprivate init(_ event: RoutableEvent) {
        self.init(
            number: event.alertKey, csm: event.csm, severity: event.severity, arrMinor: event.arrMinor,
            isSilenced: event.isSilenced, isNoise: event.isNoise)
    }
}

extension AlertAnnouncing {
    /// Tells the receivers of a file and of the database; throws `FileFailure` where they are not right.
    package init(
        budget: AlertBudget = AlertBudget(), effects: DeliveryEffects = .withoutSending,
        readFile: @escaping @Sendable () throws -> ReceiverFile
    ) {
        self.init { database in
            let routing = AlertRouting(
                try await ReceiverBook.load(try readFile(), from: database, effects: effects), budget: budget,
                effects: effects)
            return AlertOutbox { events, transaction in try await routing.announce(events, on: transaction) }
        }
    }
}
