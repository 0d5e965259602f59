package import HaleDomain
package import HaleOutput
package import HaleStore

extension CalendarText {
    /// Tasks as things to do, and decisions as days: what `hale tasks export` writes. A task without a number was never
    /// stored, and one whose account is left alone on purpose is nobody's to do.
    package init(csm: String?, tasks: [ListedTask], changes: [Int64: TaskChanges], decisions: [CalendarDecision]) {
        self.init(
            name: csm.map { "Hale: \($0)" } ?? "Hale",
            entries: decisions.map(CalendarEntry.init)
                + tasks.sorted(by: ListedTask.isBefore).compactMap { task in
                    guard let number = task.number, !task.isHeldOut else { return nil }
                    return CalendarEntry(task, number: number, changes: changes[number])
                })
    }
}

extension CalendarEntry {
    init(_ task: ListedTask, number: Int64, changes: TaskChanges?) {
        let opened = task.openedOn ?? task.dueOn
        // A snoozed task begins when it is shown again.
        let starts = max(opened, task.snoozedUntil ?? opened)
        let due = max(starts, task.dueOn)
        let status: Todo.Status =
            switch task.end {
            case nil: .needsAction
            case .done: .completed
            default: .cancelled
            }
        self.init(
            .todo(
                Todo(
                    startsOn: starts.description, dueOn: due.description, priority: task.band.calendarPriority,
                    status: status, minutes: task.minutes)),
            // A number is given once in a database, with the day once in all.
            identifier: "hale/task/\(task.accountID)/\(number)/\(opened)", sequence: Int(changes?.count ?? 0),
            changedAt: changes?.newestAt ?? "\(opened)T00:00:00Z", summary: "\(task.accountName): \(task.title)",
            details: (task.facts.isEmpty ? task.reasons : task.facts) + task.checklist
                + ["\(task.accountID), \(task.minutes) minutes, task \(number)"])
    }

    init(_ decision: CalendarDecision) {
        let amount = MoneyText.text(
            minor: decision.arrMinor, currency: decision.currency, exponent: decision.minorDigits)
        var details = [
            "renews on \(decision.renewsOn)" + (decision.renewsItself == true ? ", by itself" : "")
                + (decision.product.map { ": \($0)" } ?? "")
        ]
        if let probability = decision.probability {
            let basis = decision.basis.map { " (\($0))" } ?? ""
            details.append("P(renewed) \(Int((probability * 100).rounded())) %\(basis)")
        }
        details.append("\(decision.accountID), contract \(decision.contractID)")
        // A renewal whose date moves is the same renewal.
        let renewal = decision.renewalNumber.map(String.init) ?? decision.renewsOn.description
        self.init(
            .event(on: decision.decisionOn.description),
            identifier: "hale/decision/\(decision.accountID)/\(decision.contractID)/\(renewal)",
            sequence: Int(decision.versions - 1), changedAt: decision.changedAt,
            summary: "\(decision.account) decides: \(amount)", details: details)
    }
}

extension Band {
    /// How urgent calendars show it, from 1, the most, to 9.
    fileprivate var calendarPriority: Int {
        switch self {
        case .red: 1
        case .amber: 5
        case .green, .unknown: 9
        }
    }
}
