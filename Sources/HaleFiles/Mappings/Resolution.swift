package import Delimited
import HaleDomain

/// Where every column of a kind comes from in one file, and what of the file is not used.
package struct Resolution: Hashable, Sendable {
    /// The columns of the kind, in the kind's order.
    package let columns: [ResolvedColumn]
    /// The names of the file's columns that nothing uses, in the file's order.
    package let ignoredColumns: [String]
    /// An SQL condition for records to leave out.
    package let skipWhen: String?

    /// Matches columns by name: case, spaces and `_` do not matter.
    ///
    /// Throws when a required column is missing or a name stands twice in the header; `file` names the file in problems.
    package init(
        header: Header, kindColumns: [ColumnDefinition], alternatives: [[String]] = [], file: String
    ) throws(ImportProblem) {
        var columns: [ResolvedColumn] = []
        var problems: [ImportProblem] = []
        for definition in kindColumns {
            do throws(ImportProblem) {
                let index = try Self.index(of: definition, in: header, file: file)
                if index == nil, definition.isRequired {
                    throw Self.missing(definition.name, in: header, file: file)
                }
                columns.append(ResolvedColumn(definition: definition, source: index.map { .fileColumn($0) } ?? .none))
            } catch {
                problems.append(error)
            }
        }
        problems += Self.missing(alternatives, among: columns, in: header, file: file)
        if let problem = ImportProblem(together: problems) { throw problem }
        self.columns = columns
        ignoredColumns = Self.ignored(header: header, columns: columns, mapping: nil)
        skipWhen = nil
    }

    /// Matches columns as a mapping says, and by name those that it does not say. A column of the file that the mapping
    /// uses for something else is not matched by name; a constant `~` keeps any other from being matched.
    /// `withoutSource` are the derived columns whose sources the file lacks.
    package init(
        mapping: Mapping, header: Header, kindColumns: [ColumnDefinition], alternatives: [[String]] = [], file: String,
        withoutSource: Set<String> = []
    ) throws(ImportProblem) {
        var columns: [ResolvedColumn] = []
        var problems = Self.unknownTargets(of: mapping, kindColumns: kindColumns)
        for definition in kindColumns {
            do throws(ImportProblem) {
                let source = try Self.source(
                    of: definition, mapping: mapping, header: header, file: file, withoutSource: withoutSource)
                let words = mapping.words.first { $0.target == definition.name }?.words ?? [:]
                columns.append(ResolvedColumn(definition: definition, source: source, words: words))
            } catch {
                problems.append(error)
            }
        }
        if problems.isEmpty { problems = Self.missing(alternatives, among: columns, in: header, file: file) }
        if let problem = ImportProblem(together: problems) { throw problem }
        self.columns = columns
        ignoredColumns = Self.ignored(header: header, columns: columns, mapping: mapping)
        skipWhen = mapping.skipWhen
    }

    /// The problems of columns of which one is needed and none is there.
    private static func missing(
        _ alternatives: [[String]], among columns: [ResolvedColumn], in header: Header, file: String
    ) -> [ImportProblem] {
        let there = Set(columns.filter { $0.source != .none }.map(\.definition.name))
        return alternatives.filter(there.isDisjoint).compactMap { names in
            names.first.map { first in
                ImportProblem(
                    .missingColumn, file: file, column: first,
                    "the file has neither \(names.joined(separator: " nor "))\(suggestion(for: first, in: header)); say "
                        + "which one it is with \(Mapping.option) \(first)=HEADER, or rename it")
            }
        }
    }

    private static func missing(_ column: String, in header: Header, file: String) -> ImportProblem {
        ImportProblem(
            .missingColumn, file: file, column: column,
            "the file has no such column\(suggestion(for: column, in: header)); say which one it is with "
                + "\(Mapping.option) \(column)=HEADER, or rename it")
    }

    private static func unknownTargets(of mapping: Mapping, kindColumns: [ColumnDefinition]) -> [ImportProblem] {
        let known = kindColumns.map(\.name)
        let targets =
            (mapping.columns + mapping.constants + mapping.derive).map { ($0.target, $0.position) }
            + mapping.words.map { ($0.target, $0.position) }
        return targets.filter { !known.contains($0.0) }.map { target, position in
            let nearest = NearestNames.among(known, to: target)
            let list =
                nearest.isEmpty
                ? "it has \(known.joined(separator: ", "))" : "nearest: \(nearest.joined(separator: ", "))"
            return mapping.problem(position, "the kind \(mapping.kind) has no column \(target); \(list)")
        }
    }

    private static func source(
        of definition: ColumnDefinition, mapping: Mapping, header: Header, file: String, withoutSource: Set<String>
    ) throws(ImportProblem) -> ResolvedColumn.Source {
        let name = definition.name
        if let entry = mapping.columns.first(where: { $0.target == name }) {
            return try mappedSource(entry, of: definition, mapping: mapping, header: header, file: file)
        }
        if let entry = mapping.constants.first(where: { $0.target == name }) {
            switch definition.type.canonical(entry.text ?? "") {
            case .success(nil) where definition.isRequired:
                throw mapping.problem(entry.position, "\(name): a value is needed here")
            case .success(let value): return .constant(value)
            case .failure(let fault): throw mapping.problem(entry.position, "\(name): \(fault)")
            }
        }
        if let entry = mapping.derive.first(where: { $0.target == name }), let expression = entry.text {
            guard withoutSource.contains(name) else { return .derived(expression) }
            guard !definition.isRequired else {
                throw mapping.problem(
                    entry.position, "\(name): \(file) has none of the columns that it is derived from")
            }
            return .none
        }
        let others = Set(mapping.columns.flatMap(\.names).flatMap(header.indices(of:)))
        if let index = try index(of: definition, in: header, file: file), !others.contains(index) {
            return .fileColumn(index)
        }
        guard !definition.isRequired else {
            guard mapping.file != Mapping.option else { throw missing(name, in: header, file: file) }
            throw ImportProblem(
                .missingColumn, file: mapping.file, column: name,
                "the kind \(mapping.kind) needs this column; name its source in columns, constants or derive")
        }
        return .none
    }

    /// The first of the names that the file has; none only where the file may lack them and the kind does not need it.
    private static func mappedSource(
        _ entry: Mapping.Entry, of definition: ColumnDefinition, mapping: Mapping, header: Header, file: String
    ) throws(ImportProblem) -> ResolvedColumn.Source {
        for wanted in entry.names {
            let indices = header.indices(of: wanted)
            guard indices.count < 2 else {
                throw repeated(wanted, indices, in: header, for: definition.name, file: file)
            }
            if let index = indices.first { return .fileColumn(index) }
        }
        let mayLack = Set(mapping.optional.map(Header.normalised))
        if !definition.isRequired, entry.names.allSatisfy({ mayLack.contains(Header.normalised($0)) }) { return .none }
        let wanted = entry.names.joined(separator: " or ")
        throw mapping.problem(
            entry.position,
            "\(definition.name): \(file) has no column \(wanted)\(suggestion(for: entry.names[0], in: header))")
    }

    /// The column that has a kind's own name.
    private static func index(
        of definition: ColumnDefinition, in header: Header, file: String
    ) throws(ImportProblem) -> Int? {
        let indices = header.indices(ofImplied: definition.name)
        guard indices.count < 2 else {
            throw repeated(definition.name, indices, in: header, for: definition.name, file: file)
        }
        return indices.first
    }

    /// The problem of a name that several columns have: by themselves, or only without those of their groups.
    private static func repeated(
        _ name: String, _ indices: [Int], in header: Header, for column: String, file: String
    ) -> ImportProblem {
        let names = indices.map { header.names[$0] }
        guard !Header.hasRepeats(names) else {
            return ImportProblem(
                .duplicateColumn, file: file, column: name, "the header has this column twice; rename one of them")
        }
        let shown = names.map { "\"\($0)\"" }.joined(separator: " and ")
        return ImportProblem(
            .duplicateColumn, file: file, column: name,
            "the header has this column \(names.count == 2 ? "twice" : "\(names.count) times"), as \(shown); say which, such as with "
                + "\(Mapping.option) \(column)=\"\(names[0])\"")
    }

    /// The nearest names of the file; where none is near, its first ones.
    private static func suggestion(for name: String, in header: Header) -> String {
        let nearest = NearestNames.among(header.names, to: name)
        if !nearest.isEmpty { return " (nearest: \(nearest.joined(separator: ", ")))" }
        let shown = header.names.filter { !$0.isEmpty }.prefix(headerNameLimit)
        let rest = header.names.count > shown.count ? ", …" : ""
        return " (it has \(shown.joined(separator: ", "))\(rest))"
    }

    private static let headerNameLimit = 12

    /// The columns of the file whose values go nowhere, neither as they are nor in an expression.
    private static func ignored(header: Header, columns: [ResolvedColumn], mapping: Mapping?) -> [String] {
        let used = Set(columns.compactMap(\.fileIndex))
        let names = SourceColumns(header: header, optional: []).names
        let named = mapping.map { namedInExpressions(of: $0, columns: names) } ?? []
        return header.names.indices.filter { index in
            !used.contains(index) && !header.names[index].isEmpty && !named.contains(names[index])
        }.map { header.names[$0] }
    }

    /// The columns that a mapping's expressions name, as expressions call them. Of an expression that the guard will
    /// refuse every word counts.
    private static func namedInExpressions(of mapping: Mapping, columns: [String]) -> Set<String> {
        let gate = ExpressionGuard(
            columns: columns + SourceColumns(header: Header(names: []), optional: mapping.optional).names,
            furtherFunctions: Mapping.furtherFunctions, holding: .texts)
        let expressions = mapping.derive.compactMap(\.text) + [mapping.skipWhen].compactMap(\.self)
        return expressions.reduce(into: []) { named, expression in
            switch gate.check(expression) {
            case .accepted(let columns): named.formUnion(columns)
            case .refused:
                let words = expression.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }
                named.formUnion(words.map(String.init))
                named.formUnion(quoted(in: expression))
            }
        }
    }

    /// The names between double quotes, as expressions call them without.
    private static func quoted(in expression: String) -> [String] {
        let parts = expression.split(separator: "\"", omittingEmptySubsequences: false)
        let quoted = parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
        return SourceColumns(header: Header(names: quoted), optional: []).names
    }
}

extension Mapping.Entry {
    /// The names of the source column, in the order in which they are tried.
    package var names: [String] { [text].compactMap(\.self) + otherNames }
}

extension Mapping {
    /// Says where every column of the kind comes from in a file with this header.
    ///
    /// Throws when the mapping names a column that the kind or the file does not have, a constant is not a value of its
    /// column, or a required column has no source.
    package func resolve(
        header: Header, kindColumns: [ColumnDefinition], file: String
    ) throws(ImportProblem) -> Resolution {
        try Resolution(mapping: self, header: header, kindColumns: kindColumns, file: file)
    }
}
