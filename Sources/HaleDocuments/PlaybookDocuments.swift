import HaleDomain
package import HaleFiles
package import HaleOutput

/// What `hale playbooks list` prints.
package struct PlaybookListDocument {
    package let playbooks: [PlacedPlaybook]

    package init(playbooks: [PlacedPlaybook]) {
        self.playbooks = playbooks
    }

    package var document: Document {
        var table = Table([
            Column("playbook", priority: 100, minimumWidth: 16),
            Column("title", priority: 95, minimumWidth: 24, overflow: .wrap(maximumLines: 2)),
            Column("min", key: "minutes", content: .number, priority: 90),
            Column("due in days", key: "dueDays", content: .number, priority: 80),
            Column("steps", content: .number, priority: 50), Column("file", priority: 40),
        ])
        for placed in playbooks {
            let playbook = placed.playbook
            table.append([
                .text(playbook.name), .text(playbook.title), .count(playbook.minutes), .count(playbook.dueDays),
                .count(playbook.steps.count), .text("\(placed.file):\(placed.line ?? 1)"),
            ])
        }
        return Document(
            titles: ["\(playbooks.count) \(playbooks.count == 1 ? "playbook" : "playbooks")"], table: table,
            json: ["playbooks": .array(playbooks.map(\.json))])
    }
}

/// What `hale playbooks show` prints.
package struct PlaybookDocument {
    package let placed: PlacedPlaybook

    package init(placed: PlacedPlaybook) {
        self.placed = placed
    }

    package var document: Document {
        let playbook = placed.playbook
        let days = playbook.dueDays == 1 ? "1 day" : "\(playbook.dueDays) days"
        var table = Table([
            Column("#", content: .number, priority: 90),
            Column("step", priority: 100, minimumWidth: 30, overflow: .wrap(maximumLines: 6)),
        ])
        for (index, step) in playbook.steps.enumerated() { table.append([.count(index + 1), .text(step)]) }
        let when = playbook.dueDays == 0 ? "the day the alert fires" : "within \(days) of the alert"
        return Document(
            titles: ["\(playbook.name): \(playbook.title)", "\(playbook.minutes) minutes, \(when)"], table: table,
            json: placed.json)
    }
}

extension PlacedPlaybook {
    /// The playbook as one JSON object.
    package var json: JSONValue {
        [
            "playbook": .string(playbook.name), "title": .string(playbook.title), "minutes": .init(playbook.minutes),
            "dueDays": .init(playbook.dueDays), "isDataTask": .bool(playbook.isDataTask),
            "replaces": .array(playbook.replaces.map { .string($0.rawValue) }),
            "steps": .array(playbook.steps.map { .string($0) }), "file": .string(file), "line": .init(line),
        ]
    }
}
