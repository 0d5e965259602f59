package import Delimited
package import HaleDomain
import HaleFiles

/// A mapping to edit: what a file has of a kind's columns, what it has besides, and how it is written.
package struct MappingDraft: Sendable {
    /// The text of the mapping file.
    package let text: String

    /// Values of a column that are shown where the kind does not know them.
    private static let shownValues = 12

    /// Looks at the whole file; `headerLine` is the line of the header where it is not to be found.
    package init(kind: ImportKind, path: String, headerLine: Int? = nil) throws(ImportProblem) {
        let file = try ImportFile(path: path)
        let survey = try Self.survey(of: file, kind: kind, headerLine: headerLine)
        let used = Set(survey.columns.compactMap(\.fileIndex))
        let unused = survey.header.names.indices.filter { !used.contains($0) }.map { survey.header.names[$0] }
            .filter { !$0.isEmpty }
        var lines = [
            "# How \(Self.comment(file.name)) becomes \(kind.rawValue): on the left a column of the kind, on the right a "
                + "header of the file.",
            "# Take the # away where a line is to count. Then: hale import \(kind.rawValue) \(Self.comment(path)) "
                + "--map THIS-FILE",
            "# The file: \(Self.comment(survey.source.dialectText))", "kind: \(kind.rawValue)", "columns:",
        ]
        lines += survey.columns.map { Self.line(of: $0, kind: kind, header: survey.header, unused: unused) }
        if !unused.isEmpty {
            lines.append("# Headers that nothing uses:")
            lines += unused.map { "#   \(Self.scalar($0))" }
        }
        if let line = survey.source.headerLine {
            lines.append(headerLine == nil ? "# header_line: \(line)  # found" : "header_line: \(line)")
        }
        lines += Self.formatLines(survey)
        lines += try Self.wordLines(survey)
        if kind.columns.contains(where: { $0.name == "currency" }), !survey.has("currency") {
            lines.append("# constants: {currency: EUR}  # where all amounts are of one currency")
        }
        if kind == .contracts, survey.has("ends_on") {
            lines.append("# ends_on: last-day  # or day-after; found from the terms where they tell")
        }
        text = lines.map { $0 + "\n" }.joined()
    }

    /// The file with its header: the given line, the row that has all that the kind needs, or the first one.
    private static func survey(
        of file: ImportFile, kind: ImportKind, headerLine: Int?
    ) throws(ImportProblem) -> Survey {
        func survey(needsAll: Bool) throws(ImportProblem) -> Survey {
            try Survey(
                of: file, known: KnownLines(header: headerLine),
                columns: { header throws(ImportProblem) in
                    if needsAll {
                        _ = try Resolution(
                            header: header, kindColumns: kind.columns, alternatives: kind.alternatives, file: file.name)
                    }
                    return kind.columns.map { definition in
                        let indices = header.indices(ofImplied: definition.name)
                        return ResolvedColumn(
                            definition: definition, source: indices.count == 1 ? .fileColumn(indices[0]) : .none)
                    }
                })
        }
        guard headerLine == nil else { return try survey(needsAll: false) }
        do throws(ImportProblem) {
            return try survey(needsAll: true)
        } catch {
            guard [.missingColumn, .duplicateColumn].contains(error.code) else { throw error }
            return try survey(needsAll: false)
        }
    }

    /// The line of one column of the kind.
    private static func line(
        of column: ResolvedColumn, kind: ImportKind, header: Header, unused: [String]
    ) -> String {
        let name = column.definition.name
        if let index = column.fileIndex { return "  \(name): \(scalar(header.names[index]))" }
        let alternatives = kind.alternatives.first { $0.contains(name) }
        let need =
            column.definition.isRequired
            ? "needed"
            : alternatives.map { "needed, unless \($0.filter { $0 != name }.joined()) is there" } ?? "optional"
        let twice = header.indices(ofImplied: name).map { header.names[$0] }
        guard twice.isEmpty || !Header.hasRepeats(twice) else {
            return "  # \(name):  # \(need); the file has this header twice, rename one"
        }
        let near = twice + NearestNames.among(unused, to: name) + unused.filter { contains($0, name) }
        let seen = near.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let hint =
            seen.isEmpty ? "" : "; nearest: \(seen.prefix(NearestNames.limit).map(scalar).joined(separator: ", "))"
        return "  # \(name): \(seen.first.map(scalar) ?? "")  # \(need)\(hint)"
    }

    /// Whether a header has a column's name in it, as in "Account Name".
    private static func contains(_ header: String, _ name: String) -> Bool {
        func letters(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
        return letters(header).contains(letters(name))
    }

    // MARK: How the file is written

    private static func formatLines(_ survey: Survey) -> [String] {
        var dates: [ColumnVerdict] = []
        var numbers: [ColumnVerdict] = []
        for (column, verdict) in zip(survey.columns, survey.verdicts) where verdict.isTelling {
            switch column.definition.type {
            case .date, .instant: dates.append(verdict)
            default: numbers.append(verdict)
            }
        }
        return formatLine(
            "date_format", dates, value: \.format.dateFormat.rawValue, usual: DateFormat.iso.rawValue,
            other: "dmy or mdy")
            + formatLine(
                "decimal", numbers, value: \.format.decimalMark.rawValue, usual: DecimalMark.point.rawValue,
                other: "comma or point")
    }

    /// The line that fixes a format where all columns have the same; a comment where they differ, do not tell, or are
    /// written as programs do.
    private static func formatLine(
        _ key: String, _ verdicts: [ColumnVerdict], value: (ColumnVerdict) -> String, usual: String, other: String
    ) -> [String] {
        let open = verdicts.filter { $0.decision == .ambiguous }.map(\.column)
        guard open.isEmpty else {
            return ["# \(key): \(other)  # needed: \(open.joined(separator: ", ")) can be read both ways"]
        }
        let values = Set(verdicts.map(value))
        guard let first = values.first else { return [] }
        let columns = verdicts.map(\.column).joined(separator: ", ")
        guard values.count == 1 else {
            let each = verdicts.map { "\($0.column) is \(value($0))" }.joined(separator: ", ")
            return ["# \(key):  # left out, so that it is found column by column: \(each)"]
        }
        return [(first == usual ? "# " : "") + "\(key): \(first)  # found in \(columns)"]
    }

    // MARK: Words

    /// The values that columns of fixed words do not know, to say what they stand for.
    private static func wordLines(_ survey: Survey) throws(ImportProblem) -> [String] {
        let columns = survey.columns.filter { column in
            guard column.fileIndex != nil else { return false }
            return switch column.definition.type {
            case .boolean, .word: true
            default: false
            }
        }
        guard !columns.isEmpty else { return [] }
        var unknown: [String: [String]] = [:]
        let reader = try survey.reader()
        while true {
            do throws(ImportProblem) {
                guard let record = try reader.next() else { break }
                for column in columns {
                    let name = column.definition.name
                    guard (unknown[name]?.count ?? 0) < shownValues,
                        case .failure = column.value(in: record, format: ColumnFormat())
                    else { continue }
                    let value = String(decoding: column.text(in: record), as: UTF8.self)
                    if unknown[name]?.contains(value) != true { unknown[name, default: []].append(value) }
                }
            } catch {
                guard error.scope == .record else { throw error }
            }
        }
        guard !unknown.isEmpty else { return [] }
        return ["# words:  # values that the kind does not know, and what they stand for"]
            + columns.compactMap { column in
                unknown[column.definition.name].map { values in
                    let pairs = values.map { "\(scalar($0)): " }.joined(separator: ", ")
                    return "#   \(column.definition.name): {\(pairs)}"
                }
            }
    }

    // MARK: YAML

    /// A text as a YAML scalar that is read as that text.
    static func scalar(_ text: String) -> String {
        let isPlain = text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*([ .\/-][A-Za-z0-9_]+)*/) != nil
        guard !isPlain || reserved.contains(text.lowercased()) else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            default:
                let isShown =
                    scalar.properties.generalCategory != .control && scalar.properties.isPatternWhitespace == false
                if isShown || scalar == " " {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                }
            }
        }
        return quoted + "\""
    }

    private static let reserved: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]

    /// A text that stays on the line of its comment.
    private static func comment(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}

extension Survey {
    /// Whether the file has a column of the kind.
    fileprivate func has(_ name: String) -> Bool {
        columns.contains { $0.definition.name == name && $0.fileIndex != nil }
    }
}

extension ColumnVerdict {
    /// Whether the values say how they are written, or leave it open.
    fileprivate var isTelling: Bool {
        switch decision {
        case .notNeeded, .noValues, .sameInAll: false
        case .given, .shownByValues, .ambiguous: true
        }
    }
}

extension SourceDescription {
    /// How the file is written, without its size.
    fileprivate var dialectText: String {
        let facts = [
            encoding.rawValue, layout?.text ?? "separator \(separator.name)", headerText,
            recordCount == 1 ? "1 record" : "\(recordCount) records",
        ]
        return facts.compactMap(\.self).joined(separator: ", ")
    }
}
