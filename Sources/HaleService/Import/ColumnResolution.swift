import Delimited
import HaleDomain
import HaleFiles

/// Where the columns of a kind come from in one file, and what the receipt should say about it.
struct ColumnResolution {
    /// What the note of unused columns begins with.
    static let unusedNote = "columns not used: "
    /// What the note of names that were joined with those of their groups begins with.
    private static let joinedNote = "columns that stand twice, named with their group: "

    /// One entry per column of the kind, in its order.
    let columns: [ResolvedColumn]
    /// What was left out, in words.
    let notes: [String]

    /// Resolves by name or as the mapping says; a derived file already has the kind's names, in which case `derived` is what
    /// the mapping said of the original.
    init(
        kind: ImportKind, mapping: Mapping?, header: Header, derived: Resolution?, file: String
    ) throws(ImportProblem) {
        let resolved: Resolution
        if let derived {
            resolved = derived
        } else if let mapping {
            resolved = try Resolution(
                mapping: mapping, header: header, kindColumns: kind.columns, alternatives: kind.alternatives, file: file
            )
        } else {
            resolved = try Resolution(
                header: header, kindColumns: kind.columns, alternatives: kind.alternatives, file: file)
        }
        columns = derived == nil ? resolved.columns : resolved.columns.map { Self.derived($0, in: header) }
        let ignored = Self.list(resolved.ignoredColumns)
        notes = ignored.isEmpty ? [] : [Self.unusedNote + ignored]
    }

    /// The note of names that were joined with those of their groups; nil where none were.
    static func note(joinedNames names: [String]) -> String? { names.isEmpty ? nil : joinedNote + list(names) }

    /// Names as a receipt has them: not all of very many, and not all of a long one.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(shownNameLimit).map { name in
            name.count > shownCharacterLimit ? "\(name.prefix(shownCharacterLimit))…" : name
        }
        let rest = names.count - shown.count
        return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    private static let shownNameLimit = 40
    private static let shownCharacterLimit = 80

    /// Constants stay; what came from the file or was derived stands in the derived file under the kind's name.
    private static func derived(_ column: ResolvedColumn, in header: Header) -> ResolvedColumn {
        switch column.source {
        case .constant, .none: return column
        case .fileColumn, .derived:
            guard let index = header.names.firstIndex(of: column.definition.name) else { return column }
            return ResolvedColumn(definition: column.definition, source: .fileColumn(index), words: column.words)
        }
    }
}

extension GivenFormats {
    /// These formats; what is not given is the mapping's. The numbers of computed columns have a decimal point.
    func or(_ mapping: Mapping?, computed: Set<String> = []) -> GivenFormats {
        var formats = GivenFormats(
            dateFormat: dateFormat ?? mapping?.dateFormat, decimalMark: decimalMark ?? mapping?.decimalMark,
            byColumn: byColumn)
        formats.computed = computed
        return formats
    }
}
