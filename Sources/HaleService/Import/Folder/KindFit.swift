import Delimited
package import HaleDomain
package import HaleFiles

/// How well a file's header fits a kind, by the kind's own names or through a mapping.
package struct KindFit: Sendable {
    /// What names the columns.
    package enum Naming: Hashable, Sendable {
        /// The kind: the file has its columns.
        case kind
        /// A preset of this name.
        case preset(String)
        /// A mapping file.
        case mapping(String)
    }

    package let kind: ImportKind
    /// What names the columns.
    package let naming: Naming
    /// The mapping; nil for the kind's own names.
    package let mapping: Mapping?
    /// The columns of the kind that the file says something about.
    package let columns: [String]
    /// How many of the file's columns go in.
    package let usedCount: Int
    /// The columns that the kind cannot do without and the file does not have; alternatives are joined by "or".
    package let missing: [String]

    /// Whether the file can be imported so.
    package var isComplete: Bool { missing.isEmpty }

    /// What the user says to choose this fit: the kind, or the preset.
    package var answer: String {
        if case .preset(let name) = naming { name } else { kind.rawValue }
    }

    /// The fit of a kind's own names.
    init(_ kind: ImportKind, header: Header) {
        let found = kind.columns.filter { !header.indices(of: $0.name).isEmpty }
        let names = Set(found.map(\.name))
        self.kind = kind
        naming = .kind
        mapping = nil
        columns = found.map(\.name)
        usedCount = found.count
        missing =
            kind.columns.filter { $0.isRequired && !names.contains($0.name) }.map(\.name)
            + kind.alternatives.filter(names.isDisjoint).map { $0.joined(separator: " or ") }
    }

    /// The fit of a mapping; throws where the file does not have what the mapping names.
    init(
        _ mapping: Mapping, of kind: ImportKind, naming: Naming, header: Header, file: String
    ) throws(ImportProblem) {
        let resolution = try Resolution(mapping: mapping, of: kind, header: header, file: file)
        let found = resolution.columns.filter { $0.source != .none }.map(\.definition.name)
        self.kind = kind
        self.naming = naming
        self.mapping = mapping
        columns = found
        usedCount = header.names.count { !$0.isEmpty } - resolution.ignoredColumns.count
        missing = kind.alternatives.filter(Set(found).isDisjoint).map { $0.joined(separator: " or ") }
    }
}

extension ImportKind {
    /// Columns of which a file needs one each.
    var alternatives: [[String]] {
        switch self {
        case .contracts: [["arr", "mrr"]]
        case .usage: [["account_id", "contract_id"]]
        default: []
        }
    }

    /// The kinds whose rows a file with these columns names, so that they go in before it.
    func needs(columns: Set<String>) -> [ImportKind] {
        let named: [(column: String, kind: ImportKind)] = [
            ("account_id", .accounts), ("contract_id", .contracts), ("csm_email", .csms),
        ]
        return named.filter { columns.contains($0.column) && $0.kind != self }.map(\.kind)
    }
}

extension Resolution {
    /// Where every column of a kind comes from through a mapping, as an import finds it: what is derived from columns
    /// that the file may lack, and lacks, has no source.
    init(mapping: Mapping, of kind: ImportKind, header: Header, file: String) throws(ImportProblem) {
        let columns = SourceColumns(header: header, optional: mapping.optional)
        let gate = ExpressionGuard(
            columns: columns.names, furtherFunctions: Mapping.furtherFunctions, holding: .texts)
        let absent = Set(columns.absent)
        var withoutSource: Set<String> = []
        for entry in mapping.derive {
            switch gate.check(entry.text ?? "null") {
            case .accepted(let used):
                if !used.isEmpty, used.isSubset(of: absent) { withoutSource.insert(entry.target) }
            case .refused(let refusal):
                throw mapping.problem(entry.position, "\(entry.target): \(refusal.message)")
            }
        }
        if let condition = mapping.skipWhen, case .refused(let refusal) = gate.check(condition) {
            throw ImportProblem(.mappingContent, file: mapping.file, "skip_when: \(refusal.message)")
        }
        try self.init(
            mapping: mapping, header: header, kindColumns: kind.columns, file: file, withoutSource: withoutSource)
    }
}
