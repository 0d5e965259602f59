package import HaleDomain
package import HaleOutput
package import HaleStore

/// What `hale tasks list` prints.
package struct TaskListDocument {
    package let day: Day
    package let tasks: [ListedTask]
    package let narrowing: Narrowing

    package init(day: Day, tasks: [ListedTask], narrowing: Narrowing) {
        self.day = day
        self.tasks = tasks
        self.narrowing = narrowing
    }

    package var document: Document {
        var table = Table([
            Column("#", key: "taskId", content: .number, priority: 99),
            Column("account", key: "name", priority: 98, minimumWidth: 12),
            Column("id", key: "accountId", priority: 90),
            Column("task", priority: 97, minimumWidth: 18, overflow: .wrap(maximumLines: 2)),
            Column("due", key: "dueOn", content: .date, priority: 92),
            Column("min", key: "minutes", content: .number, priority: 50),
            Column("state", priority: 95), Column("who", key: "csm", priority: 60),
        ])
        for task in tasks {
            table.append([
                .optional(task.number) { .count(Int($0)) }, .text(task.accountName), .text(task.accountID),
                .text(task.title), .date(task.dueOn.description), .count(task.minutes),
                .text(task.stateText(on: day)), .optional(task.performer) { .text($0) },
            ])
        }
        let open = tasks.count { $0.end == nil }
        return Document(
            titles: ["Tasks of \(day)", "\(open) open\(open == tasks.count ? "" : ", \(tasks.count - open) over")"],
            notices: narrowing.notices, table: table,
            json: .object(
                [.init("asOf", .string(day.description))] + narrowing.members
                    + [.init("tasks", .array(tasks.map { $0.json(on: day) }))]))
    }
}

/// What `hale tasks show` prints.
package struct TaskShowDocument {
    package let day: Day
    package let task: ListedTask
    package let events: [TaskEvent]

    package init(day: Day, task: ListedTask, events: [TaskEvent]) {
        self.day = day
        self.task = task
        self.events = events
    }

    package var document: Document {
        var table = Table([
            Column("day", content: .date, priority: 99), Column("what", key: "kind", priority: 98),
            Column("by", priority: 90), Column("outcome", priority: 85),
            Column("note", priority: 97, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
            Column("written", key: "recordedAt", priority: 40),
        ])
        for event in events {
            table.append([
                .date(event.day.description), .text(event.kind.rawValue + (event.isUndone ? " (taken back)" : "")),
                .text(event.person ?? "the night"), .optional(event.outcome?.rawValue) { .text($0) },
                .optional(event.note) { .text($0) }, .text(event.recordedAt),
            ])
        }
        var sections = [Document.Section(lines: lines)]
        if !task.checklist.isEmpty {
            let steps = task.checklist.enumerated().map { "\($0.offset + 1). \($0.element)" }
            sections.append(Document.Section(title: "What to do", lines: steps))
        }
        sections.append(Document.Section(title: "What happened", table: table))
        return Document(
            titles: ["Task \(task.number ?? 0): \(task.title)", "\(task.accountName) (\(task.accountID))"],
            sections: sections,
            json: [
                "asOf": .string(day.description), "task": task.json(on: day),
                "events": .array(events.map(\.json)),
            ])
    }

    private var lines: [String] {
        var lines = task.reasons
        lines.append("\(task.stateText(on: day)), due \(task.dueOn), \(task.minutes) minutes")
        if let performer = task.performer { lines.append("for \(performer)") }
        if let currency = task.currency, !task.isDataTask, !task.isPromise {
            let value = MoneyText.text(minor: task.valueProtectedMinor, currency: currency)
            let rate = "\(Int((100 * task.saveRate).rounded())) %\(task.isSaveRateAssumed ? ", assumed" : "")"
            lines.append("protects about \(value)\(task.basis.map { " (\($0))" } ?? ""); save rate \(rate)")
        }
        if let playbook = task.playbook {
            lines.append("playbook: \(playbook)\(task.step.isEmpty ? "" : ", step \(task.step)")")
        }
        if let former = task.former { lines.append("came back: task \(former) was about the same") }
        return lines
    }
}

/// What an action on tasks prints.
package struct TaskActionDocument {
    /// A task with what was done, such as `done`.
    package struct Change: Sendable {
        package let task: FoundTask
        package let action: String

        package init(_ task: FoundTask, _ action: String) {
            self.task = task
            self.action = action
        }
    }

    package let changes: [Change]
    package let isDryRun: Bool

    package init(changes: [Change], isDryRun: Bool) {
        self.changes = changes
        self.isDryRun = isDryRun
    }

    package var document: Document {
        let would = isDryRun ? " would be" : ""
        return Document(
            sections: [
                Document.Section(
                    lines: changes.map {
                        "task \($0.task.number)\(would) \($0.action): \($0.task.title) (\($0.task.accountID))"
                    })
            ],
            json: [
                "isDryRun": .bool(isDryRun),
                "tasks": .array(
                    changes.map {
                        [
                            "taskId": .init($0.task.number), "accountId": .string($0.task.accountID),
                            "title": .string($0.task.title), "action": .string($0.action),
                        ]
                    }),
            ])
    }
}

extension ListedTask {
    /// Whether it is open, put off or over, in words.
    package func stateText(on day: Day) -> String {
        if let end {
            let result = outcome.map { " (\($0.rawValue))" } ?? ""
            return "\(end.rawValue)\(result)\(closedOn.map { " on \($0)" } ?? "")"
        }
        if isHeldOut { return "held out" }
        if let snoozedUntil, snoozedUntil > day { return "snoozed until \(snoozedUntil)" }
        return "open"
    }

    /// The task as one JSON object.
    package func json(on day: Day) -> JSONValue {
        let value = isDataTask ? nil : currency.map { JSONValue.money(minor: valueProtectedMinor, currency: $0) }
        return [
            "taskId": .init(number), "origin": .string(origin.rawValue), "accountId": .string(accountID),
            "account": .string(accountName), "csm": .init(csm), "assignee": .init(assignee), "title": .string(title),
            "facts": .array(facts.map { .string($0) }), "reasons": .array(reasons.map { .string($0) }),
            "playbook": .init(playbook), "step": .init(step.isEmpty ? nil : step),
            "steps": .array(checklist.map { .string($0) }), "minutes": .init(minutes),
            "openedOn": .init(openedOn?.description), "dueOn": .string(dueOn.description),
            "band": .string(band.rawValue), "decisionOn": .init(decisionOn?.description),
            "daysToDecision": .init(daysToDecision), "valueProtected": value ?? .null,
            "score": .number(priority.score), "urgency": .number(urgency), "risk": .init(risk),
            "probabilityBasis": .init(basis), "saveRate": .number(saveRate),
            "isSaveRateAssumed": .bool(isSaveRateAssumed),
            "isDataTask": .bool(isDataTask), "isHeldOut": .bool(isHeldOut),
            "state": .string(end?.rawValue ?? (snoozedUntil.map { $0 > day } ?? false ? "snoozed" : "open")),
            "snoozedUntil": .init(snoozedUntil?.description), "closedOn": .init(closedOn?.description),
            "outcome": .init(outcome?.rawValue), "cameBackFrom": .init(former),
        ]
    }
}

extension TaskEvent {
    /// The event as one JSON object.
    var json: JSONValue {
        [
            "event": .init(number), "day": .string(day.description), "kind": .string(kind.rawValue),
            "by": .init(person), "outcome": .init(outcome?.rawValue), "note": .init(note),
            "recordedAt": .string(recordedAt), "isTakenBack": .bool(isUndone),
        ]
    }
}
