import HaleDomain
import Yams

/// Reads the dated tasks of a playbook, and whom and what they depend on.
struct PlayStepReader {
    private static let keys = ["step", "at", "title", "minutes", "lapses_after", "who", "completed_by", "do"]
    private static let audienceKeys = ["bands", "segments", "arr_at_least", "customer_for", "promoter"]

    let reader: StrictReader

    /// The steps of a playbook; each name once.
    func plan(_ field: Field?, of playbook: Playbook) -> [PlayStep] {
        guard let field else { return [] }
        var names: Set<String> = []
        return reader.list(field, "plan needs a list of steps here", mayBeEmpty: false).compactMap { entry in
            guard let step = step(entry.value, of: playbook) else { return nil }
            guard names.insert(step.name).inserted else {
                reader.note(.badValue, entry.value.mark, "there is a step \(step.name) already in this playbook")
                return nil
            }
            return step
        }
    }

    private func step(_ node: Node, of playbook: Playbook) -> PlayStep? {
        let fields = reader.fields(node, known: Self.keys, required: ["step", "at", "title"], of: "a step")
        guard let name = fields["step"].flatMap(name), let at = fields["at"].flatMap(offset),
            let title = fields["title"].flatMap({ reader.text($0, of: "title") })
        else { return nil }
        var step = PlayStep(
            name: name, title: title, at: at, minutes: playbook.minutes, performer: playbook.performer,
            completedBy: playbook.completedBy)
        if let field = fields["minutes"] {
            step.minutes =
                reader.integer(field, of: "minutes", in: 1...Double(Playbook.maximumMinutes), unit: "minutes")
                ?? step.minutes
        }
        if let field = fields["lapses_after"] {
            step.lapsesAfterDays = days(field, of: "lapses_after", in: 1...Playbook.maximumDays)
        }
        if let field = fields["who"] { step.performer = performer(field) ?? step.performer }
        if fields["completed_by"] != nil { step.completedBy = contacts(fields["completed_by"]) }
        if let field = fields["do"] {
            step.checklist = reader.list(field, "do needs a list here").compactMap { reader.text($0, of: "do") }
        }
        return step
    }

    private func name(_ field: Field) -> String? {
        guard let name = reader.text(field, of: "step") else { return nil }
        guard name.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,59}/) != nil else {
            reader.note(.badValue, field.mark, "\"\(name)\" is no name: use small letters, digits and -")
            return nil
        }
        return name
    }

    /// `decision - 60d`, `alert + 3wd`, or an anchor alone.
    private func offset(_ field: Field) -> StepOffset? {
        let text = field.value.scalar?.string ?? ""
        let form = /(alert|decision|start|quarter)(?:\s*([+-])\s*([0-9]{1,3})(d|wd))?/
        guard let match = text.wholeMatch(of: form), let anchor = PlayAnchor(rawValue: String(match.output.1)) else {
            reader.note(
                .badValue, field.mark,
                "at is a day such as decision - 60d, start + 30d, quarter or alert + 3wd (working days), not "
                    + reader.shown(field.value))
            return nil
        }
        let days = match.output.3.flatMap { Int($0) } ?? 0
        guard days <= Playbook.maximumDays else {
            reader.note(.badValue, field.mark, "at is \(Playbook.maximumDays) days from its anchor at most")
            return nil
        }
        return StepOffset(
            anchor, days: match.output.2 == "-" ? -days : days, isWorkingDays: match.output.4 == "wd")
    }

    private func days(_ field: Field, of what: String, in range: ClosedRange<Int>) -> Int? {
        guard let days = reader.days(field), range.contains(days) else {
            reader.note(
                .badValue, field.mark,
                "\(what) is a number of days from \(range.lowerBound)d to \(range.upperBound)d, not "
                    + reader.shown(field.value))
            return nil
        }
        return days
    }

    func performer(_ field: Field) -> Performer? {
        guard let performer = Performer(field.value.scalar?.string ?? "") else {
            reader.note(
                .badValue, field.mark,
                "who is owner, least_loaded or such as \"role onboarding\", not \(reader.shown(field.value))")
            return nil
        }
        return performer
    }

    func contacts(_ field: Field?) -> Set<ContactKind> {
        guard let field else { return [] }
        return Set(
            reader.list(field, "completed_by needs a list here").compactMap {
                reader.word($0, of: "completed_by", as: ContactKind.self)
            })
    }

    func audience(_ field: Field) -> PlayAudience {
        let fields = reader.fields(field.value, known: Self.audienceKeys, of: "only")
        var audience = PlayAudience()
        if let bands = fields["bands"] {
            audience.bands = Set(
                reader.list(bands, "bands needs a list here").compactMap { reader.word($0, of: "bands", as: Band.self) }
            )
        }
        if let segments = fields["segments"] {
            audience.segments = Set(
                reader.list(segments, "segments needs a list here").compactMap {
                    reader.text($0, of: "segments")?.lowercased()
                })
        }
        if let arr = fields["arr_at_least"] {
            audience.leastARR = reader.number(arr, of: "arr_at_least", in: 0...1e12)
        }
        if let age = fields["customer_for"] {
            audience.leastAgeDays = days(age, of: "customer_for", in: 0...3650)
        }
        if let promoter = fields["promoter"] {
            audience.needsPromoter = reader.flag(promoter, of: "promoter") ?? false
        }
        return audience
    }

    func holdOut(_ field: Field) -> HoldOut? {
        let fields = reader.fields(
            field.value, known: ["share", "below"], required: ["share", "below"], of: "hold_out")
        guard let share = fields["share"].flatMap({ reader.number($0, of: "share", in: 0...0.5) }),
            let below = fields["below"].flatMap({ reader.number($0, of: "below", in: 0...1e12) })
        else { return nil }
        return HoldOut(share: share, below: below)
    }
}
