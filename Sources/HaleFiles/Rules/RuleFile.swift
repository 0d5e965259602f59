package import HaleDomain
package import Yams

/// A rule with where it stands.
package struct PlacedRule: Sendable {
    package let rule: AlertRule
    /// The group it belongs to.
    package let group: String
    /// The file as messages name it: its path, or `shipped NAME`.
    package let file: String
    /// Line of its name.
    package let line: Int?
    /// Where its keys' values stand.
    package let places: [String: Mark]

    /// A problem at one of its keys.
    package func problem(_ fault: FileProblem.Fault, at key: String, _ message: String) -> FileProblem {
        let mark = places[key]
        return FileProblem(.rule, fault, file: file, line: mark?.line ?? line, column: mark?.column, message)
    }
}

package struct RuleFile: Sendable {
    /// Its rules in their order.
    package let rules: [PlacedRule]

    /// Reads the text of a file; conditions and templates may use these signals.
    package init(text: String, file: String, signals: [String]) throws(FileFailure) {
        rules = try RuleReader.read(text, file: file, signals: signals)
    }
}
