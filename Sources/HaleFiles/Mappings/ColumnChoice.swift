package import Delimited
import Foundation
package import HaleDomain
import Yams

/// A column of a kind and the header of the file that it is taken from, as given beside a mapping or in its place.
package struct ColumnChoice: Hashable, Sendable {
    /// The column of the kind.
    package let column: String
    /// The name in the file's header.
    package let header: String

    /// Reads `email=E-Mail`; nil where one of the two is missing. What stands behind the first `=` is the header.
    package init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        column = parts[0]
        header = parts[1]
    }

    /// The choice as it was given.
    package var text: String { "\(Mapping.option) \(column)=\(header)" }
}

extension Mapping.Position {
    /// No place in a file: said on the command line.
    static let commandLine = Mapping.Position(line: 0, column: 0)
}

extension Mapping {
    /// The option that gives a choice.
    static let option = "--column"

    /// How receipts call the mapping: its file, and what was said beside it.
    package var name: String {
        guard !additions.isEmpty else { return file }
        let said = additions.joined(separator: " ")
        return file == Self.option ? said : "\(file) with \(said)"
    }

    /// A mapping of choices alone; all other columns go by their names.
    package static func of(_ choices: [ColumnChoice], kind: ImportKind) throws(ImportProblem) -> Mapping {
        try Mapping(yaml: "kind: \(kind.rawValue)\n", file: option).choosing(choices)
    }

    /// The mapping with these columns taken from where the choices say, whatever it says of them itself.
    package func choosing(_ choices: [ColumnChoice]) throws(ImportProblem) -> Mapping {
        guard !choices.isEmpty else { return self }
        var chosen = self
        var seen: Set<String> = []
        for choice in choices {
            guard seen.insert(choice.column).inserted else {
                throw ImportProblem(
                    .mappingContent, file: Self.option, "\(choice.column) is given twice; keep one of them")
            }
            chosen.columns.removeAll { $0.target == choice.column }
            chosen.constants.removeAll { $0.target == choice.column }
            chosen.derive.removeAll { $0.target == choice.column }
            chosen.columns.append(Entry(target: choice.column, text: choice.header, position: .commandLine))
            chosen.additions.append(choice.text)
        }
        chosen.text = try textChoosing(choices)
        return chosen
    }

    /// The text of the mapping file with the choices in it, from which the same mapping can be read again.
    private func textChoosing(_ choices: [ColumnChoice]) throws(ImportProblem) -> String {
        do {
            guard var root = try Yams.compose(yaml: text)?.mapping else { return text }
            let chosen = Set(choices.map(\.column))
            for key in [MappingReader.Key.columns, .constants, .derive].map(\.rawValue) {
                let entries = root[Node(key)]?.mapping.map { Array($0) } ?? []
                let left = entries.filter { !chosen.contains($0.key.scalar?.string ?? "") }
                root[Node(key)] = left.isEmpty ? nil : Self.table(left)
            }
            let columns = MappingReader.Key.columns.rawValue
            let given = choices.map { choice in
                (key: Node(choice.column), value: Node(choice.header, Tag(.str), .doubleQuoted))
            }
            root[Node(columns)] = Self.table((root[Node(columns)]?.mapping.map { Array($0) } ?? []) + given)
            return try Yams.serialize(node: Node.mapping(root))
        } catch {
            throw ImportProblem(.mappingContent, file: file, "cannot be joined with \(Self.option): \(error)")
        }
    }

    private static func table(_ entries: [(key: Node, value: Node)]) -> Node {
        .mapping(Node.Mapping(entries.map { ($0.key, $0.value) }))
    }
}
