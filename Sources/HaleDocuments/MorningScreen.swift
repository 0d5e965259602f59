package import HaleDomain
package import HaleOutput

/// What `hale morning -i` shows: the same list as `hale morning`, to be worked through.
package struct MorningScreen {
    package let day: Day
    package let mornings: [CSMMorning]

    package init(day: Day, mornings: [CSMMorning]) {
        self.day = day
        self.mornings = mornings
    }

    /// The first line.
    package var title: String {
        let planned = mornings.map(\.plan.planned.count).reduce(0, +)
        let minutes = mornings.map(\.plan.plannedMinutes).reduce(0, +)
        let capacity = mornings.map(\.capacityMinutes).reduce(0, +)
        let whose = mornings.count == 1 ? mornings[0].csm.map { " of \($0)" } ?? "" : ""
        let tasks = "\(planned) \(planned == 1 ? "task" : "tasks")"
        return "Morning of \(day)\(whose): \(tasks), \(minutes) of \(capacity) minutes"
    }

    /// The tasks in order, those that were cut after the others of their CSM. What was never stored cannot be acted on.
    package var items: [ListScreen.Item] {
        mornings.flatMap { morning in
            let name = mornings.count == 1 ? "" : "\(morning.csm ?? "accounts without a CSM"): "
            return morning.plan.planned.compactMap { item($0, group: name + "today", also: []) }
                + morning.plan.cut.compactMap {
                    item($0.task, group: name + "cut from today", also: ["cut: \($0.sentence)"])
                }
        }
    }

    /// The keys and what they ask.
    package static let commands = [
        ListScreen.Command(
            "d", "done", meaning: "it is done, and what came of it",
            questions: [.choice("outcome", outcomes), .text("note, or enter for none:", isRequired: false)]),
        ListScreen.Command(
            "s", "snooze", meaning: "put it off until a day",
            questions: [
                .text("until (2026-12-24, or 7d):", isRequired: true), .text("why:", isRequired: true),
            ]),
        ListScreen.Command(
            "a", "assign", meaning: "hand it over to another CSM",
            questions: [.text("to (e-mail or name):", isRequired: true)]),
        ListScreen.Command(
            "n", "note", meaning: "write a note about the account", questions: [.text("note:", isRequired: true)]),
        ListScreen.Command(
            "u", "undo", meaning: "take the last change of this list back", isAboutItem: false),
    ]

    private static let outcomes = TaskOutcome.allCases.map { outcome in
        switch outcome {
        case .saved: ListScreen.Choice("s", "saved", value: outcome.rawValue)
        case .progress: ListScreen.Choice("p", "progress", value: outcome.rawValue)
        case .noChange: ListScreen.Choice("n", "no change", value: outcome.rawValue)
        case .lost: ListScreen.Choice("l", "lost", value: outcome.rawValue)
        case .notNeeded: ListScreen.Choice("x", "not needed", value: outcome.rawValue)
        }
    }

    private func item(_ task: ListedTask, group: String, also: [String]) -> ListScreen.Item? {
        guard let number = task.number else { return nil }
        let facts = task.facts.isEmpty ? task.reasons : task.facts
        return ListScreen.Item(
            id: number, group: group, lead: "\(number)  \(task.accountName) (\(task.accountID)) \(task.band.rawValue)",
            trail: trail(task), tone: task.band.tone, text: ([task.title] + facts).joined(separator: " · "),
            details: also + details(task))
    }

    private func trail(_ task: ListedTask) -> String {
        var parts: [String] = []
        if !task.isDataTask, let currency = task.currency {
            parts.append(
                MoneyText.text(minor: task.valueProtectedMinor, currency: currency, exponent: task.minorDigits))
        }
        if let days = task.daysToDecision { parts.append(days < 0 ? "\(-days) d past" : "in \(days) d") }
        parts.append("\(task.minutes) min")
        return parts.joined(separator: " · ")
    }

    private func details(_ task: ListedTask) -> [String] {
        var lines = task.reasons.map { "why: \($0)" }
        lines += task.checklist.enumerated().map { "\($0.offset + 1). \($0.element)" }
        lines.append("due \(task.dueOn)" + (task.decisionOn.map { ", decided by \($0)" } ?? ""))
        if let performer = task.performer { lines.append("for \(performer)") }
        if let override = task.override { lines.append("band by hand: \(override.sentence)") }
        if let former = task.former { lines.append("came back after task \(former)") }
        return lines
    }
}
