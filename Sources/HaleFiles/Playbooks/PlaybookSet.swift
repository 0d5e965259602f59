import Delimited
package import HaleDomain

/// A playbook with where it stands.
package struct PlacedPlaybook: Sendable {
    package let playbook: Playbook
    /// The file as messages name it: its path, or `shipped NAME`.
    package let file: String
    /// Line of its name.
    package let line: Int?
}

/// The playbooks at hand, each name once.
package struct PlaybookSet: Sendable {
    /// The playbooks in the order of their files and lines.
    package let playbooks: [PlacedPlaybook]

    /// No playbook.
    package init() {
        playbooks = []
    }

    /// The playbooks of several files; throws where a name stands twice.
    init(_ placed: [PlacedPlaybook]) throws(FileFailure) {
        var seen: [String: PlacedPlaybook] = [:]
        var problems: [FileProblem] = []
        for entry in placed {
            let name = entry.playbook.name
            if let other = seen[name] {
                problems.append(
                    FileProblem(
                        .rule, .set, file: entry.file, line: entry.line,
                        "there is a playbook \(name) already, in \(other.file):\(other.line ?? 1)"))
            } else {
                seen[name] = entry
            }
        }
        guard problems.isEmpty else { throw FileFailure(problems: problems) }
        playbooks = placed
    }

    /// The playbooks without their places.
    package var all: [Playbook] { playbooks.map(\.playbook) }

    /// The playbook of a name; one that is not there any more asks to look at its alert, so that no task is lost.
    package subscript(name: String) -> Playbook {
        playbook(named: name)?.playbook ?? Playbook(name: name, title: "Look at the alert of this account")
    }

    /// The playbook of a name with where it stands; nil where there is none.
    package func playbook(named name: String) -> PlacedPlaybook? { playbooks.first { $0.playbook.name == name } }

    /// What is wrong with the playbooks that rules ask for.
    package func problems(of rules: [PlacedRule]) -> [FileProblem] {
        let names = playbooks.map(\.playbook.name)
        return rules.compactMap { placed in
            guard let name = placed.rule.playbook, !names.contains(name) else { return nil }
            let nearest = NearestNames.question(names.sorted(), to: name).map { "; \($0)" } ?? ""
            return placed.problem(.set, at: "playbook", "there is no playbook \(name)\(nearest)")
        }
    }
}

extension RuleLibrary {
    /// The playbooks in force. Throws `FileFailure` with everything that is wrong.
    package func playbooks() throws(FileFailure) -> PlaybookSet {
        try Self.playbooks(sources(below: "playbooks"))
    }

    /// The playbooks of files at these paths.
    package func playbooks(paths: [String]) throws(FileFailure) -> PlaybookSet {
        var sources: [Source] = []
        for path in paths { sources.append(try Self.source(path: path)) }
        return try Self.playbooks(sources)
    }

    private static func playbooks(_ sources: [Source]) throws(FileFailure) -> PlaybookSet {
        try PlaybookSet(
            FileFailure.collecting(sources) { source throws(FileFailure) in
                try PlaybookReader.read(source.text, file: source.file)
            }.flatMap(\.self))
    }
}
