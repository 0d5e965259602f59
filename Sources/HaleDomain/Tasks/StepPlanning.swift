/// A dated step of a playbook whose day has come.
package struct DueStep: Sendable, Hashable {
    package let playbook: Playbook
    package let step: PlayStep
    /// The day that the play is counted from.
    package let occasion: Day
    /// The day on which it opens.
    package let opensOn: Day
    /// The first day on which it is too late.
    package let lapsesOn: Day
}

/// Which dated steps an account's plays call for (mathematics §4).
package enum StepPlanning {
    /// Days between two quarterly occasions: 13 weeks, so that they fall on one weekday.
    package static let quarterDays = 91
    /// Days after which the last step of a play lapses.
    package static let lastStepDays = 30

    /// The steps whose day has come and is not over, of all playbooks, whatever became of them.
    package static func dueSteps(of playbooks: [Playbook], for account: TaskAccount, asOf day: Day) -> [DueStep] {
        playbooks.flatMap { playbook -> [DueStep] in
            guard !playbook.plan.isEmpty, !playbook.cancelledIn.contains(account.contractState) else { return [] }
            return playbook.plan.flatMap { step in
                occasions(of: step.at.anchor, playbook: playbook.name, account, asOf: day).compactMap { occasion in
                    let due = dueStep(step, of: playbook, occasion: occasion)
                    return (due.opensOn..<due.lapsesOn).contains(day) ? due : nil
                }
            }
        }
    }

    private static func dueStep(_ step: PlayStep, of playbook: Playbook, occasion: Day) -> DueStep {
        let opensOn = step.at.day(from: occasion)
        let next = playbook.plan.filter { $0.at.anchor == step.at.anchor }
            .map { $0.at.day(from: occasion) }.filter { $0 > opensOn }.min()
        let lapsesOn = step.lapsesAfterDays.map { opensOn + $0 } ?? next ?? opensOn + lastStepDays
        return DueStep(playbook: playbook, step: step, occasion: occasion, opensOn: opensOn, lapsesOn: lapsesOn)
    }

    /// The days that a play of an account may be counted from, seen on a day.
    private static func occasions(
        of anchor: PlayAnchor, playbook: String, _ account: TaskAccount, asOf day: Day
    ) -> [Day] {
        switch anchor {
        case .alert: return account.calls.filter { $0.playbook.name == playbook }.map(\.firedOn)
        case .decision: return account.decisionOn.map { [$0] } ?? []
        case .start: return account.startedOn.map { [$0] } ?? []
        case .quarter:
            guard let start = account.startedOn, day >= start else { return [] }
            let quarters = (day - start) / quarterDays
            // Steps before an occasion belong to the next one; the start itself is no review.
            return [quarters - 1, quarters, quarters + 1].filter { $0 >= 1 }.map { start + $0 * quarterDays }
        }
    }

    /// The days on which a step may be due, counted from its anchor: wide enough for working days, however weekends fall.
    package static func window(of step: PlayStep, in playbook: Playbook) -> ClosedRange<Int> {
        func calendarDays(_ offset: StepOffset) -> ClosedRange<Int> {
            guard offset.isWorkingDays else { return offset.days...offset.days }
            let longest = offset.days / 5 * 7 + (offset.days < 0 ? -9 : 9)
            return min(offset.days, longest)...max(offset.days, longest)
        }
        let opens = calendarDays(step.at)
        // Of the steps that surely come later the earliest ends it.
        let next = playbook.plan.filter { $0.at.anchor == step.at.anchor }.map { calendarDays($0.at) }
            .filter { $0.lowerBound > opens.upperBound }.map(\.upperBound).min()
        let last = step.lapsesAfterDays.map { opens.upperBound + $0 } ?? next ?? opens.upperBound + lastStepDays
        return opens.lowerBound...max(opens.upperBound, last)
    }
}
