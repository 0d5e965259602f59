import HaleDomain
import HaleStore

/// What one transaction does with what is due: which rows are told in which message, which wait, and which are dropped.
struct Flush {
    /// A row of which a message tells.
    struct Told {
        let row: OutboxRow
        let isFiring: Bool
        /// The rows of the same alert that it stands for.
        let keys: [Int64]
    }

    private let groups: [Int64: DueGroup]
    private let book: ReceiverBook
    private(set) var told: [Told] = []
    private(set) var postponed: [(key: Int64, seconds: Int)] = []
    private(set) var postponedRepeats: [(key: Int64, seconds: Int)] = []
    private var dropped: [(key: Int64, reason: String)] = []
    private var touched: [Int64] = []
    private var delivered: [(key: Int64, webhookID: String)] = []

    init(groups: [DueGroup], rows: [OutboxRow], book: ReceiverBook) {
        self.groups = Dictionary(uniqueKeysWithValues: groups.map { ($0.key, $0) })
        self.book = book
        let rowsByGroup = Dictionary(grouping: rows, by: \.group)
        for group in groups {
            let rows = rowsByGroup[group.key] ?? []
            if let seconds = waitSeconds(of: group) {
                postponed += rows.filter { !$0.isRepeat }.map { ($0.key, seconds) }
                if group.isRepeat { postponedRepeats.append((group.key, seconds)) }
                continue
            }
            touched.append(group.key)
            decide(rows, wantsResolved: book.entry(named: group.receiver)?.receiver.sendsResolved ?? true)
        }
    }

    /// Seconds until the group may be told of; nil for now.
    private func waitSeconds(of group: DueGroup) -> Int? {
        guard book.entry(named: group.receiver) != nil else { return FlushStage.unknownReceiverSeconds }
        guard let hours = group.activeHours.flatMap(ActiveHours.init) else { return nil }
        let minutes = hours.waitMinutes(weekday: group.weekday, minute: group.minute)
        return minutes == 0 ? nil : minutes * 60
    }

    /// The rows of a group are in order of alert.
    private mutating func decide(_ rows: [OutboxRow], wantsResolved: Bool) {
        var start = 0
        while start < rows.count {
            var end = start + 1
            while end < rows.count, rows[end].accountKey == rows[start].accountKey,
                rows[end].alertKey == rows[start].alertKey
            { end += 1 }
            decide(ofOneAlert: Array(rows[start..<end]), wantsResolved: wantsResolved)
            start = end
        }
    }

    private mutating func decide(ofOneAlert rows: [OutboxRow], wantsResolved: Bool) {
        guard let newest = rows.last else { return }
        let decision = FlushDecision.of(
            FlushDecision.Waiting(
                isResolution: newest.kind == .resolved, isFiring: newest.state == .firing, wasTold: newest.wasTold,
                isAcknowledged: newest.isAcknowledged, silentSeconds: newest.silentSeconds,
                wantsResolved: wantsResolved))
        let keys = rows.filter { !$0.isRepeat }.map(\.key)
        switch decision {
        case .tellFiring: told.append(Told(row: newest, isFiring: true, keys: keys))
        case .tellResolved: told.append(Told(row: newest, isFiring: false, keys: keys))
        case .wait(let seconds): postponed += keys.map { ($0, seconds) }
        case .drop(let reason): dropped += keys.map { ($0, reason.rawValue) }
        }
    }

    /// The messages, at most so many alerts in each.
    mutating func messages(
        facts: AlertFacts, timestamp: String, newID: () -> String
    ) throws -> [NewDelivery] {
        var messages: [NewDelivery] = []
        for (groupKey, told) in Dictionary(grouping: told, by: \.row.group).sorted(by: { $0.key < $1.key }) {
            guard let group = groups[groupKey], let entry = book.entry(named: group.receiver) else { continue }
            for start in stride(from: 0, to: told.count, by: AlertMessage.alertLimit) {
                let part = told[start..<min(start + AlertMessage.alertLimit, told.count)]
                let message = AlertMessage(
                    timestamp: timestamp, receiver: group.receiver,
                    group: AlertGroup(key: group.groupKey, labels: try MessageBody.labels(group.labels)),
                    alerts: try part.map { try Self.alert($0, facts: facts) }, externalURL: book.externalURL)
                let webhookID = "msg_\(newID())"
                delivered += part.flatMap { told in told.keys.map { ($0, webhookID) } }
                messages.append(
                    NewDelivery(
                        webhookID: webhookID, receiver: group.receiverKey, kind: message.kind,
                        groupKey: group.groupKey,
                        body: try MessageBody.text(of: message, as: entry.receiver.format)))
            }
        }
        return messages
    }

    /// What is noted of each row, with the keys of the messages.
    func marks(_ deliveries: [String: Int64]) -> [(key: Int64, delivery: Int64?, reason: String?)] {
        delivered.map { (key: $0.key, delivery: deliveries[$0.webhookID], reason: nil) }
            + dropped.map { (key: $0.key, delivery: nil, reason: $0.reason) }
    }

    /// The groups that were looked at, and whether anything was told of them.
    var closed: [(key: Int64, wasTold: Bool)] {
        let groups = Set(told.map(\.row.group))
        return touched.filter { groups.contains($0) || self.groups[$0]?.isRepeat == true }
            .map { ($0, groups.contains($0)) }
    }

    private static func alert(_ told: Told, facts: AlertFacts) throws -> AlertMessage.Alert {
        let row = told.row
        let labels = try MessageBody.labels(row.labels)
        let routed = RoutedAlert(
            rule: row.rule, account: row.account, severity: row.severity, labels: labels, segment: nil, csm: nil)
        return AlertMessage.Alert(
            rule: row.rule, isFiring: told.isFiring, severity: row.severity, labels: labels,
            annotations: try MessageBody.labels(row.annotations), since: row.since, startsAt: row.startsAt,
            endsAt: told.isFiring ? nil : row.endsAt ?? row.startsAt, identity: routed.identity,
            account: facts.accounts[row.account] ?? AlertMessage.Account(id: row.account, name: row.account),
            drivers: facts.drivers[row.account] ?? [])
    }
}
