import Delimited
import HaleDomain
import Yams

/// Reads YAML whose every key is known, and notes each problem with its place instead of stopping at the first.
final class StrictReader {
    /// The longest file.
    static let byteLimit = 1024 * 1024

    package let file: String
    private let kind: FileProblem.Kind
    private var problems: [FileProblem] = []

    init(file: String, of kind: FileProblem.Kind) {
        self.file = file
        self.kind = kind
    }

    /// Gives `body` the keys and values of the whole file; throws everything that was noted, in the order of its lines
    /// where that is asked for.
    func read<Value>(
        _ yaml: String, as expected: String, byLine: Bool = false, _ body: (Node) -> Value
    ) throws(FileFailure) -> Value {
        let value = root(of: yaml, expected).map(body)
        guard let value, problems.isEmpty else {
            if byLine { problems.sort { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) } }
            throw FileFailure(problems: problems)
        }
        return value
    }

    private func root(of yaml: String, _ expected: String) -> Node? {
        guard yaml.utf8.count <= Self.byteLimit else {
            note(.syntax, nil, "is longer than \(Self.byteLimit) bytes")
            return nil
        }
        do {
            let node = try Yams.compose(yaml: yaml)
            guard let node, node.mapping != nil else {
                note(.syntax, node?.mark, "\(expected) is a list of keys and values")
                return nil
            }
            return node
        } catch {
            noteSyntax(error)
            return nil
        }
    }

    /// Notes a problem.
    func note(_ fault: FileProblem.Fault, _ mark: Mark?, behind characters: Int = 0, _ message: String) {
        problems.append(
            FileProblem(
                kind, fault, file: file, line: mark?.line, column: mark.map { $0.column + characters }, message))
    }

    /// The values of the keys that are known; the others are problems, as are required ones that are not there.
    func fields(_ node: Node, known: [String], required: [String] = [], of what: String) -> [String: Field] {
        guard let mapping = node.mapping else {
            note(.badValue, node.mark, "\(what) needs keys and values here")
            return [:]
        }
        var fields: [String: Field] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard known.contains(name) else {
                let hint =
                    NearestNames.question(known, to: name) ?? "known are \(known.joined(separator: ", "))"
                note(.unknownKey, key.mark, "\(what) has no key \"\(name)\"; \(hint)")
                continue
            }
            fields[name] = Field(key: key, value: value)
        }
        for name in required where fields[name] == nil {
            note(.missingKey, node.mark, "\(what) needs the key \(name)")
        }
        return fields
    }

    /// Entries whose keys are names of the user's own.
    func named(_ node: Node, of what: String) -> [(name: String, field: Field)] {
        guard let mapping = node.mapping, !mapping.isEmpty else {
            note(.badValue, node.mark, "\(what) needs names with their values here")
            return []
        }
        return mapping.compactMap { key, value in
            let name = key.scalar?.string ?? ""
            guard Self.isName(name) else {
                note(.badValue, key.mark, "\"\(name)\" is no name: use small letters, digits and _, a letter first")
                return nil
            }
            return (name, Field(key: key, value: value))
        }
    }

    /// The entries of a list; none where it is no list, or an empty one that may not be empty.
    func list(_ field: Field, _ complaint: String, mayBeEmpty: Bool = true) -> [Field] {
        guard let list = field.value.sequence, mayBeEmpty || !list.isEmpty else {
            note(.badValue, field.mark, complaint)
            return []
        }
        return list.map { Field(key: field.key, value: $0) }
    }

    /// The text of a value; nil where it is none.
    package func text(_ field: Field, of what: String) -> String? {
        guard let scalar = field.value.scalar, !Self.isNull(field.value), !scalar.string.allSatisfy(\.isWhitespace)
        else {
            note(.badValue, field.mark, "\(what) needs a text here")
            return nil
        }
        return scalar.string
    }

    /// A number within a range.
    func number(_ field: Field, of what: String, in range: ClosedRange<Double>, unit: String = "") -> Double? {
        guard let text = field.value.scalar?.string, let value = Double(text), value.isFinite else {
            note(.badValue, field.mark, "\(what) is a number, not \(shown(field.value))")
            return nil
        }
        guard range.contains(value) else {
            let bounds = "\(ModelValue.number(range.lowerBound).text) to \(ModelValue.number(range.upperBound).text)"
            let only = range.lowerBound == range.upperBound
            note(
                .badValue, field.mark,
                only
                    ? "\(what) cannot be changed: it is \(ModelValue.number(range.lowerBound).text)"
                    : "\(what) is from \(bounds)\(unit.isEmpty ? "" : " \(unit)"), not \(text)")
            return nil
        }
        return value
    }

    /// A whole number within a range.
    func integer(_ field: Field, of what: String, in range: ClosedRange<Double>, unit: String = "") -> Int? {
        guard let text = field.value.scalar?.string, let value = Int(text) else {
            note(.badValue, field.mark, "\(what) is a whole number, not \(shown(field.value))")
            return nil
        }
        return number(field, of: what, in: range, unit: unit).map { _ in value }
    }

    /// True or false.
    func flag(_ field: Field, of what: String) -> Bool? {
        switch field.value.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            note(.badValue, field.mark, "\(what) is true or false, not \(shown(field.value))")
            return nil
        }
    }

    /// One of the words of a type.
    func word<Word: RawRepresentable & CaseIterable>(
        _ field: Field, of what: String, as type: Word.Type
    ) -> Word? where Word.RawValue == String {
        let text = field.value.scalar?.string ?? ""
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            note(.badValue, field.mark, "\(what) is one of \(known), not \(shown(field.value))")
            return nil
        }
        return word
    }

    /// An expression that the guard lets pass; its problem stands where the refused character stands.
    func expression(_ field: Field, of what: String, columns: [ModelColumns.Column]) -> String? {
        expression(field, of: what, names: columns.map(\.name))
    }

    /// The same with the names of the columns it may use.
    func expression(_ field: Field, of what: String, names: [String]) -> String? {
        guard let text = text(field, of: what) else { return nil }
        guard case .refused(let refusal) = ExpressionGuard(columns: names).check(text) else {
            return text
        }
        let mark = field.value.mark
        let isOneLine = !text.contains { $0.isNewline }
        switch field.value.scalar?.style {
        case .plain where isOneLine, .any where isOneLine:
            note(.expression, mark, behind: refusal.position - 1, refusal.message)
        case .doubleQuoted where isOneLine, .singleQuoted where isOneLine:
            note(.expression, mark, behind: refusal.position, refusal.message)
        default: note(.expression, mark, "character \(refusal.position): \(refusal.message)")
        }
        return nil
    }

    /// Days written `7d`, or 0; nil for anything else.
    func days(_ field: Field) -> Int? {
        let text = field.value.scalar?.string ?? ""
        return text == "0" ? 0 : text.wholeMatch(of: /([0-9]{1,4})d/).flatMap { Int($0.output.1) }
    }

    /// A value as a message shows it.
    func shown(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): "\"\(scalar.string)\""
        case .mapping: "keys and values"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    static func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    private static func isName(_ text: String) -> Bool {
        text.wholeMatch(of: /[a-z][a-z0-9_]{0,39}/) != nil
    }

    private func noteSyntax(_ error: any Error) {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            let oneLine = problem.split(whereSeparator: \.isNewline).joined(separator: " ")
            note(.syntax, mark, "is not valid YAML: \(oneLine)")
        case YamlError.duplicatedKeysInMapping(let duplicates, let context):
            note(.syntax, context.mark, "the key \(duplicates.first ?? "") stands twice; keep one")
        default: note(.syntax, nil, "is not valid YAML")
        }
    }
}

/// A key with its value.
struct Field {
    let key: Node
    let value: Node

    /// Where the value stands.
    var mark: Mark? { value.mark ?? key.mark }
}
