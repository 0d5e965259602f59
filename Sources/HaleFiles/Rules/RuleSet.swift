import Delimited
import HaleDomain

/// The rules in force, which go together: every name stands once, and what is hidden is a rule of the set.
package struct RuleSet: Sendable {
    /// The rules in the order of their files and lines.
    package let rules: [PlacedRule]

    /// The rules of several files; throws everything that is wrong with them.
    package init(_ files: [RuleFile]) throws(FileFailure) {
        rules = files.flatMap(\.rules)
        var problems: [FileProblem] = []
        var seen: [String: PlacedRule] = [:]
        for placed in rules {
            if let other = seen[placed.rule.name] {
                problems.append(
                    placed.problem(
                        .set, at: "alert",
                        "there is a rule \(placed.rule.name) already, in \(other.file):\(other.line ?? 1)"))
            } else {
                seen[placed.rule.name] = placed
            }
        }
        let names = Set(seen.keys)
        for placed in rules {
            for name in placed.rule.inhibits where !names.contains(name) {
                let nearest = NearestNames.question(names.sorted(), to: name).map { "; \($0)" } ?? ""
                problems.append(placed.problem(.set, at: "inhibits", "there is no rule \(name)\(nearest)"))
            }
            if Self.hidesItself(placed.rule.name, among: seen) {
                problems.append(
                    placed.problem(.set, at: "inhibits", "\(placed.rule.name) would be hidden by a rule that it hides"))
            }
        }
        guard problems.isEmpty else { throw FileFailure(problems: problems) }
    }

    /// The rule of a name.
    package func rule(named name: String) -> PlacedRule? {
        // Rules are told apart by case, and found in any.
        rules.first { $0.rule.name == name } ?? rules.first { $0.rule.name.lowercased() == name.lowercased() }
    }

    private static func hidesItself(_ name: String, among rules: [String: PlacedRule]) -> Bool {
        var reached: Set<String> = []
        var next = rules[name]?.rule.inhibits ?? []
        while let rule = next.popLast() {
            if rule == name { return true }
            if reached.insert(rule).inserted { next += rules[rule]?.rule.inhibits ?? [] }
        }
        return false
    }
}
