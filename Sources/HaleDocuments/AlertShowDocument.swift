package import HaleDomain
package import HaleOutput
package import HaleStore

/// What `hale alerts show` prints.
package struct AlertShowDocument {
    package let day: Day
    /// Nil for a pending alert that vanished.
    package let alert: ShownAlert?
    package let number: Int64
    package let events: [ShownEvent]

    package init(day: Day, alert: ShownAlert?, number: Int64, events: [ShownEvent]) {
        self.day = day
        self.alert = alert
        self.number = number
        self.events = events
    }

    package var document: Document {
        var table = Table([
            Column("day", content: .date, priority: 99), Column("what", key: "kind", priority: 98),
            Column("why", key: "reason", priority: 97, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
            Column("written", key: "recordedAt", priority: 40),
        ])
        for event in events {
            table.append([
                .date(event.day.description), .text(event.kind.rawValue), .text(event.reason), .text(event.recordedAt),
            ])
        }
        return Document(
            titles: titles,
            sections: [Document.Section(lines: lines), Document.Section(title: "What happened", table: table)],
            json: [
                "asOf": .string(day.description), "alert": alert?.json ?? .null,
                "events": .array(
                    events.map { event in
                        [
                            "event": .init(event.number), "day": .string(event.day.description),
                            "kind": .string(event.kind.rawValue), "reason": .string(event.reason),
                            "recordedAt": .string(event.recordedAt),
                        ]
                    }),
            ])
    }

    private var titles: [String] {
        guard let alert else { return ["Alert \(number)", "vanished before it fired"] }
        let about = alert.name.map { " · \($0) (\(alert.accountID ?? ""))" } ?? " · \(alert.subject)"
        return ["Alert \(number): \(alert.rule)\(about)", "\(alert.severity.rawValue), \(alert.stateText)"]
    }

    private var lines: [String] {
        guard let alert else { return [] }
        var lines = alert.texts.sorted { $0.key > $1.key }.map { "\($0.key): \($0.value)" }
        lines.append("condition true since \(alert.sinceOn), on \(alert.trueDays) scored days")
        if let reason = alert.digestReason { lines.append(reason.sentence) }
        if let playbook = alert.playbook { lines.append("playbook: \(playbook)") }
        return lines
    }
}
