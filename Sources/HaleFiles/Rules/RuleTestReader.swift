import Foundation
package import HaleDomain
import Yams

/// Reads a file of tests of rules. A file without a test, a path that no file has, and a test that expects nothing are
/// problems: they could not fail.
package struct RuleTestReader {
    /// What a file says.
    package struct Contents {
        package var rulePaths: [(path: String, line: Int?, column: Int?)] = []
        package var tests: [RuleTest] = []
    }

    private let reader: StrictReader
    private let signals: [String: Signal]

    package static func read(_ yaml: String, file: String, signals: [Signal]) throws(FileFailure) -> Contents {
        let reading = RuleTestReader(
            reader: StrictReader(file: file, of: .rule),
            signals: Dictionary(signals.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }))
        return try reading.reader.read(yaml, as: "a file of tests", reading.contents)
    }

    private func contents(_ root: Node) -> Contents {
        let keys = ["rules", "tests"]
        let fields = reader.fields(root, known: keys, required: keys, of: "a file of tests")
        guard let paths = fields["rules"], let tests = fields["tests"] else { return Contents() }
        var contents = Contents()
        contents.rulePaths = list(paths, "rules needs a list of files of rules here").compactMap { node in
            reader.text(Field(key: paths.key, value: node), of: "rules")
                .map { ($0, node.mark?.line, node.mark?.column) }
        }
        for node in list(tests, "tests needs a list of tests here: a file without a test cannot fail") {
            if let test = test(node) { contents.tests.append(test) }
        }
        return contents
    }

    private func list(_ field: Field, _ complaint: String) -> [Node] {
        reader.list(field, complaint, mayBeEmpty: false).map(\.value)
    }

    private func test(_ node: Node) -> RuleTest? {
        let keys = ["name", "days", "expect"]
        let fields = reader.fields(node, known: keys, required: keys, of: "a test")
        guard let name = fields["name"].flatMap({ reader.text($0, of: "name") }), let daysField = fields["days"],
            let expectField = fields["expect"]
        else { return nil }
        var days: [RuleTest.GivenDay] = []
        for node in list(daysField, "days needs a list of days here") {
            if let day = givenDay(node, after: days.last) { days.append(day) }
        }
        let known = Set(days.map(\.day))
        var expected: [RuleTest.ExpectedDay] = []
        for node in list(expectField, "a test that expects nothing cannot fail") {
            if let day = expectedDay(node, known: known) { expected.append(day) }
        }
        return RuleTest(name: name, file: reader.file, line: node.mark?.line, days: days, expected: expected)
    }

    private func date(_ fields: [String: Field]) -> Day? {
        guard let field = fields["date"], let text = reader.text(field, of: "date") else { return nil }
        guard let day = Day(accepted: text) else {
            reader.note(.badValue, field.mark, "date is a day such as 2026-03-01, not \(reader.shown(field.value))")
            return nil
        }
        return day
    }

    private func givenDay(_ node: Node, after previous: RuleTest.GivenDay?) -> RuleTest.GivenDay? {
        let fields = reader.fields(
            node, known: ["date"] + signals.keys.sorted(), required: ["date"], of: "a day")
        guard let day = date(fields) else { return nil }
        if let previous, previous.day >= day {
            reader.note(.badValue, fields["date"]?.mark, "\(day) does not come after \(previous.day)")
        }
        var given = previous?.signals ?? [:]
        for (name, field) in fields where name != "date" {
            guard let signal = signals[name], let value = value(field, of: signal) else { continue }
            given[name] = value
        }
        return RuleTest.GivenDay(day: day, signals: given)
    }

    /// A value as JSON, of the type that the signal has.
    private func value(_ field: Field, of signal: Signal) -> String? {
        if StrictReader.isNull(field.value) { return "null" }
        guard let text = field.value.scalar?.string else {
            reader.note(.badValue, field.mark, "\(signal.name) needs one value here")
            return nil
        }
        switch signal.type {
        case "boolean":
            return reader.flag(field, of: signal.name).map { "\($0)" }
        case "integer", "bigint", "smallint":
            guard text.wholeMatch(of: /-?[0-9]{1,9}/) != nil, let number = Int(text) else {
                reader.note(.badValue, field.mark, "\(signal.name) is a whole number, not \"\(text)\"")
                return nil
            }
            return "\(number)"
        case "numeric", "double precision":
            guard text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?/) != nil, text.count < 40 else {
                reader.note(.badValue, field.mark, "\(signal.name) is a number, not \"\(text)\"")
                return nil
            }
            // JSON knows no leading zeros, so the number is written anew.
            return Double(text).map { "\($0)" }
        case "date":
            guard let day = Day(accepted: text) else {
                reader.note(.badValue, field.mark, "\(signal.name) is a day such as 2026-03-01, not \"\(text)\"")
                return nil
            }
            return "\"\(day)\""
        default:
            return (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private func expectedDay(_ node: Node, known: Set<Day>) -> RuleTest.ExpectedDay? {
        let states = RuleTest.ShownState.allCases
        let fields = reader.fields(
            node, known: ["date"] + states.map(\.rawValue), required: ["date"], of: "what is expected")
        guard let day = date(fields) else { return nil }
        if !known.contains(day) {
            reader.note(.badValue, fields["date"]?.mark, "\(day) is none of the test's days")
        }
        guard fields.count > 1 else {
            reader.note(
                .badValue, node.mark, "nothing is expected of \(day): say pending, firing or hidden; [] is none")
            return nil
        }
        var expected = RuleTest.ExpectedDay(day: day, line: node.mark?.line)
        for state in states {
            guard let field = fields[state.rawValue] else { continue }
            expected.alerts[state] = reader.list(field, "\(state.rawValue) needs a list of alerts here; [] is none")
                .compactMap(expectedAlert)
        }
        return expected
    }

    private func expectedAlert(_ entry: Field) -> RuleTest.ExpectedAlert? {
        guard let mapping = entry.value.mapping else {
            return reader.text(entry, of: "an alert")
                .map { RuleTest.ExpectedAlert(name: $0, fields: [:]) }
        }
        var fields: [String: String] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            fields[name] = reader.text(Field(key: key, value: value), of: name)
        }
        guard let name = fields.removeValue(forKey: "alert") else {
            reader.note(.missingKey, entry.value.mark, "an alert needs the key alert")
            return nil
        }
        return RuleTest.ExpectedAlert(name: name, fields: fields)
    }
}
