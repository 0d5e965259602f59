import HaleDomain
import Yams

/// Reads a file of playbooks. A key that is unknown is a problem.
struct PlaybookReader {
    private static let keys = [
        "playbook", "title", "minutes", "due_in", "data_task", "replaces", "steps", "plan", "who", "completed_by",
        "cancelled_in", "only", "cool_down", "save_rate", "hold_out",
    ]

    package static func read(_ yaml: String, file: String) throws(FileFailure) -> [PlacedPlaybook] {
        let reading = PlaybookReader(reader: StrictReader(file: file, of: .rule))
        return try reading.reader.read(yaml, as: "a file of playbooks", byLine: true, reading.read)
    }

    private let reader: StrictReader
    /// Reads what the dated tasks of a playbook are.
    private var steps: PlayStepReader { PlayStepReader(reader: reader) }

    private func read(_ root: Node) -> [PlacedPlaybook] {
        let fields = reader.fields(root, known: ["playbooks"], required: ["playbooks"], of: "a file of playbooks")
        guard let list = fields["playbooks"] else { return [] }
        return reader.list(list, "playbooks needs a list of playbooks here").compactMap { readPlaybook($0.value) }
    }

    private func readPlaybook(_ node: Node) -> PlacedPlaybook? {
        let fields = reader.fields(node, known: Self.keys, required: ["playbook", "title"], of: "a playbook")
        guard let nameField = fields["playbook"], let name = name(nameField),
            let title = fields["title"].flatMap({ reader.text($0, of: "title") })
        else { return nil }
        var playbook = Playbook(name: name, title: title)
        if let field = fields["minutes"] {
            playbook.minutes =
                reader.integer(field, of: "minutes", in: 1...Double(Playbook.maximumMinutes), unit: "minutes")
                ?? playbook.minutes
        }
        if let field = fields["due_in"] { playbook.dueDays = days(field) ?? playbook.dueDays }
        if let field = fields["data_task"] { playbook.isDataTask = reader.flag(field, of: "data_task") ?? false }
        playbook.replaces = texts(fields["replaces"], of: "replaces").compactMap {
            reader.word($0, of: "replaces", as: TaskReason.self)
        }
        playbook.steps = texts(fields["steps"], of: "steps").compactMap { reader.text($0, of: "steps") }
        if let field = fields["cool_down"] { playbook.coolDownDays = days(field) ?? playbook.coolDownDays }
        if let field = fields["save_rate"] {
            playbook.saveRate = reader.number(field, of: "save_rate", in: 0...1)
        }
        if let field = fields["hold_out"] { playbook.holdOut = steps.holdOut(field) }
        if let field = fields["only"] { playbook.audience = steps.audience(field) }
        if let field = fields["who"] { playbook.performer = steps.performer(field) ?? .owner }
        playbook.completedBy = steps.contacts(fields["completed_by"])
        playbook.cancelledIn = Set(
            texts(fields["cancelled_in"], of: "cancelled_in").compactMap {
                reader.word($0, of: "cancelled_in", as: ContractState.self)
            })
        playbook.plan = steps.plan(fields["plan"], of: playbook)
        return PlacedPlaybook(playbook: playbook, file: reader.file, line: nameField.mark?.line)
    }

    private func name(_ field: Field) -> String? {
        guard let name = reader.text(field, of: "playbook") else { return nil }
        guard name.wholeMatch(of: /[a-z][a-z0-9-]{0,59}/) != nil else {
            reader.note(
                .badValue, field.mark, "\"\(name)\" is no name: use small letters, digits and -, a letter first")
            return nil
        }
        return name
    }

    private func days(_ field: Field) -> Int? {
        guard let days = reader.days(field), days <= Playbook.maximumDays else {
            let name = field.key.scalar?.string ?? "it"
            reader.note(
                .badValue, field.mark,
                "\(name) is a number of days such as 2d, at most \(Playbook.maximumDays)d, not \(reader.shown(field.value))"
            )
            return nil
        }
        return days
    }

    private func texts(_ field: Field?, of what: String) -> [Field] {
        field.map { reader.list($0, "\(what) needs a list here") } ?? []
    }
}
