/// Where the columns of a kind come from in one file, and what the receipt should say about it.
struct ColumnResolution {
    /// One entry per column of the kind, in its order.
    let columns: [ResolvedColumn]
    /// What was left out, in words.
    let notes: [String]

    init(
        kind: ImportKind, mapping: Mapping?, header: Header, isDerived: Bool, file: String
    ) throws(ImportProblem) {
        if isDerived, let mapping {
            columns = Self.derived(kind: kind, mapping: mapping, header: header)
            notes = []
            try Self.requireColumns(columns, file: file)
            return
        }
        let resolved: Resolution
        if let mapping {
            resolved = try Resolution(mapping: mapping, header: header, kindColumns: kind.columns, file: file)
        } else {
            resolved = try Resolution(header: header, kindColumns: kind.columns, file: file)
        }
        columns = resolved.columns
        notes =
            resolved.ignoredColumns.isEmpty
            ? [] : ["columns not used: " + resolved.ignoredColumns.joined(separator: ", ")]
    }

    /// A derived file already has the kind's names; constants and words still come from the mapping.
    private static func derived(kind: ImportKind, mapping: Mapping, header: Header) -> [ResolvedColumn] {
        kind.columns.map { definition in
            let words = mapping.words.first { $0.target == definition.name }?.words ?? [:]
            if let constant = mapping.constants.first(where: { $0.target == definition.name }) {
                return ResolvedColumn(definition: definition, source: .constant(constant.text))
            }
            guard let index = header.names.firstIndex(of: definition.name) else {
                return ResolvedColumn(definition: definition, source: .none)
            }
            return ResolvedColumn(definition: definition, source: .fileColumn(index), words: words)
        }
    }

    private static func requireColumns(_ columns: [ResolvedColumn], file: String) throws(ImportProblem) {
        for column in columns where column.definition.isRequired && column.source == .none {
            throw ImportProblem(
                .missingColumn, file: file,
                "nothing gives \(column.definition.name): name its source under columns, constants or derive")
        }
    }
}

extension GivenFormats {
    /// These formats; where no date format is given, the mapping's.
    func or(_ dateFormat: DateFormat?) -> GivenFormats {
        GivenFormats(dateFormat: self.dateFormat ?? dateFormat, decimalMark: decimalMark)
    }
}
