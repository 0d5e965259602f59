import HaleDomain
import Yams

/// Reads a file of playbooks. A key that is unknown is a problem.
struct PlaybookReader {
    private static let keys = ["playbook", "title", "minutes", "due_in", "data_task", "replaces", "steps"]
    /// The longest title and step [characters].
    private static let longest = 400.0

    static func read(_ yaml: String, file: String) throws(RuleFailure) -> [PlacedPlaybook] {
        let reading = PlaybookReader(reader: StrictReader(file: file))
        let placed = reading.reader.root(of: yaml, "a file of playbooks").map(reading.read) ?? []
        let problems = reading.reader.problems.map(RuleProblem.init)
        guard problems.isEmpty else {
            throw RuleFailure(
                problems: problems.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
        }
        return placed
    }

    private let reader: StrictReader

    private func read(_ root: Node) -> [PlacedPlaybook] {
        let fields = reader.fields(root, known: ["playbooks"], required: ["playbooks"], of: "a file of playbooks")
        guard let list = fields["playbooks"] else { return [] }
        guard let nodes = list.value.sequence else {
            reader.note(.badValue, list.mark, "playbooks needs a list of playbooks here")
            return []
        }
        return nodes.compactMap(readPlaybook)
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
        let text = field.value.scalar?.string ?? ""
        let digits = text == "0" ? "0" : text.wholeMatch(of: /([0-9]{1,4})d/).map { String($0.output.1) }
        guard let days = digits.flatMap({ Int($0) }), days <= Playbook.maximumDays else {
            reader.note(
                .badValue, field.mark,
                "due_in is a number of days such as 2d, at most \(Playbook.maximumDays)d, not \(reader.shown(field.value))"
            )
            return nil
        }
        return days
    }

    private func texts(_ field: Field?, of what: String) -> [Field] {
        guard let field else { return [] }
        guard let list = field.value.sequence else {
            reader.note(.badValue, field.mark, "\(what) needs a list here")
            return []
        }
        return list.map { Field(key: field.key, value: $0) }
    }
}
