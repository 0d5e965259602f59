import Delimited
import Foundation
import HaleDomain
import Yams

/// Reads the YAML of a mapping file, checking every key and type before a value is used.
struct MappingReader {
    /// The keys of a mapping file.
    enum Key: String, CaseIterable {
        case kind
        case columns
        case constants
        case words
        case derive
        case optional
        case hasFooter = "has_footer"
        case headerLine = "header_line"
        case dateFormat = "date_format"
        case decimal
        case endsOn = "ends_on"
        case skipWhen = "skip_when"
    }

    /// What the text of an entry is.
    enum ValueRole {
        case name
        case constant
        case expression
    }

    /// The longest mapping file.
    static let byteLimit = 1024 * 1024

    package let file: String

    /// The text of a mapping file.
    package static func contents(of path: String) throws(ImportProblem) -> String {
        let handle = try ImportFile.open(path)
        let data: Data
        do {
            data = try handle.read(upToCount: byteLimit + 1) ?? Data()
        } catch {
            throw ImportProblem(.unreadable, file: path, "cannot be read: \(error.localizedDescription)")
        }
        guard data.count <= byteLimit else {
            throw ImportProblem(
                .mappingSyntax, file: path, "is longer than \(byteLimit) bytes; is this a mapping file?")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw ImportProblem(.mappingSyntax, file: path, "is not valid UTF-8; save it as UTF-8")
        }
        return text
    }

    /// The values of the mapping's keys; an unknown or repeated key is a problem.
    func fields(of yaml: String) throws(ImportProblem) -> [Key: Node] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw syntaxProblem(error)
        }
        guard let root, let mapping = root.mapping else {
            throw problem(root, "a mapping file is a list of keys and values, such as kind: contracts")
        }
        var fields: [Key: Node] = [:]
        for (keyNode, value) in mapping {
            let name = keyNode.scalar?.string ?? ""
            guard let key = Key(rawValue: name) else {
                let known = Key.allCases.map(\.rawValue)
                let hint =
                    NearestNames.question(known, to: name) ?? "known are \(known.joined(separator: ", "))"
                throw problem(keyNode, "unknown key \(name); \(hint)")
            }
            fields[key] = value
        }
        return fields
    }

    /// The import kind, which every mapping names.
    func kind(_ fields: [Key: Node]) throws(ImportProblem) -> String {
        guard let node = fields[.kind] else {
            throw ImportProblem(
                .mappingContent, file: file, "the key kind is missing; name the import kind, such as kind: contracts")
        }
        return try text(node, of: Key.kind.rawValue, value: .name)
    }

    /// The line of the header, if the mapping says it.
    func headerLine(_ node: Node?) throws(ImportProblem) -> Int? {
        guard let node else { return nil }
        let text = try text(node, of: Key.headerLine.rawValue, value: .name)
        guard let line = Int(text), line > 0 else {
            throw problem(node, "header_line is the number of a line, 1 or more, not \(text)")
        }
        return line
    }

    /// The date format, if the mapping has one.
    func dateFormat(_ node: Node?) throws(ImportProblem) -> DateFormat? {
        guard let node else { return nil }
        let name = try text(node, of: Key.dateFormat.rawValue, value: .name)
        guard let format = DateFormat(rawValue: name) else {
            throw problem(node, "date_format is iso, dmy or mdy, not \(name)")
        }
        return format
    }

    /// Which day the ends of terms name, if the mapping says so.
    func termEnd(_ node: Node?) throws(ImportProblem) -> TermEnd? {
        guard let node else { return nil }
        let name = try text(node, of: Key.endsOn.rawValue, value: .name)
        guard let end = TermEnd(rawValue: name) else {
            throw problem(node, "ends_on is last-day or day-after, not \(name)")
        }
        return end
    }

    /// The decimal mark, if the mapping has one.
    func decimalMark(_ node: Node?) throws(ImportProblem) -> DecimalMark? {
        guard let node else { return nil }
        let name = try text(node, of: Key.decimal.rawValue, value: .name)
        guard let mark = DecimalMark(rawValue: name) else {
            throw problem(node, "decimal is point or comma, not \(name)")
        }
        return mark
    }

    /// A key that is true or false; false where it is not there.
    func flag(_ node: Node?, of key: Key) throws(ImportProblem) -> Bool {
        guard let node else { return false }
        switch try text(node, of: key.rawValue, value: .name) {
        case "true": return true
        case "false": return false
        case let other: throw problem(node, "\(key.rawValue) is true or false, not \(other)")
        }
    }

    /// The entries of `columns`, `constants` or `derive`.
    func entries(_ node: Node?, value role: ValueRole) throws(ImportProblem) -> [Mapping.Entry] {
        guard let node, !isNull(node) else { return [] }
        var entries: [Mapping.Entry] = []
        for (key, value) in try mapping(node) {
            let target = try text(key, of: "a column", value: .name)
            let isMissing = role == .constant && isNull(value)
            let isList = role == .name && value.sequence != nil
            let texts =
                isMissing ? [] : isList ? try names(value, of: target) : [try text(value, of: target, value: role)]
            entries.append(
                Mapping.Entry(
                    target: target, text: texts.first, otherNames: Array(texts.dropFirst()), position: position(key)))
        }
        return entries
    }

    /// The names of a list.
    package func names(_ node: Node?, of name: String) throws(ImportProblem) -> [String] {
        guard let node else { return [] }
        guard let list = node.sequence, !list.isEmpty else {
            throw problem(node, "\(name) needs a list of names here, as in [a, b]")
        }
        var names: [String] = []
        for item in list { names.append(try text(item, of: name, value: .name)) }
        return names
    }

    /// The tables of words.
    func words(_ node: Node?) throws(ImportProblem) -> [Mapping.Words] {
        guard let node, !isNull(node) else { return [] }
        var tables: [Mapping.Words] = []
        for (key, table) in try mapping(node) {
            let target = try text(key, of: "a column", value: .name)
            var words: [String: String?] = [:]
            for (wordNode, value) in try mapping(table) {
                let word = UnseenText.key(try text(wordNode, of: "a word of \(target)", value: .constant))
                let replacement = isNull(value) ? nil : try text(value, of: word, value: .constant)
                guard words.updateValue(replacement, forKey: word) == nil else {
                    throw problem(wordNode, "the word \(word) stands twice; keep one")
                }
            }
            tables.append(Mapping.Words(target: target, words: words, position: position(key)))
        }
        return tables
    }

    /// The text of a scalar; a name and an expression may not be empty.
    package func text(_ node: Node, of name: String, value role: ValueRole) throws(ImportProblem) -> String {
        guard let scalar = node.scalar else { throw problem(node, "\(name) needs a single text here") }
        let text = scalar.string
        guard !text.unicodeScalars.contains("\0") else {
            throw problem(node, "\(name) has a NUL character, which no value can have; remove it")
        }
        guard role == .constant || !text.allSatisfy(\.isWhitespace), role == .constant || !isNull(node) else {
            throw problem(node, "\(name) needs a text here")
        }
        return text
    }

    private func mapping(_ node: Node) throws(ImportProblem) -> Node.Mapping {
        guard let mapping = node.mapping else { throw problem(node, "keys and values are needed here, as in {a: b}") }
        return mapping
    }

    private func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    private func position(_ node: Node) -> Mapping.Position {
        Mapping.Position(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private func problem(_ node: Node?, _ message: String) -> ImportProblem {
        ImportProblem(
            .mappingContent, file: file, line: node?.mark?.line ?? 1, column: String(node?.mark?.column ?? 1), message)
    }

    private func syntaxProblem(_ error: any Error) -> ImportProblem {
        func syntax(_ mark: Mark?, _ message: String) -> ImportProblem {
            let oneLine = message.split(whereSeparator: \.isNewline).joined(separator: " ")
            return ImportProblem(
                .mappingSyntax, file: file, line: mark?.line, column: mark.map { String($0.column) }, oneLine)
        }
        return switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            syntax(mark, "is not valid YAML: \(problem)")
        case YamlError.duplicatedKeysInMapping(let duplicates, let context):
            syntax(context.mark, "the key \(duplicates.first ?? "") stands twice; keep one")
        case YamlError.reader(let problem, _, _, _): syntax(nil, "is not valid YAML: \(problem)")
        default: syntax(nil, "is not valid YAML")
        }
    }
}
