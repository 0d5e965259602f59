import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

extension RuleLibrary {
    /// The rules in force, checked in full: each condition is prepared by the role that evaluates them. Throws
    /// `FileFailure` with everything that is wrong.
    package func load(_ database: Database) async throws -> RuleSet {
        try await database.withRules { try await load(ConditionStore($0)) }
    }

    func load(_ conditions: ConditionStore) async throws -> RuleSet {
        let set = try read(rules(), signals: try await conditions.signals())
        var problems: [FileProblem] = []
        for placed in set.rules { problems += try await conditions.problems(of: placed) }
        problems += try playbooks().problems(of: set.rules)
        guard problems.isEmpty else { throw FileFailure(problems: problems) }
        return set
    }

    /// The rules of some files, as far as that can be told without the database.
    func read(_ sources: [Source], signals: [Signal]) throws(FileFailure) -> RuleSet {
        try RuleSet(
            FileFailure.collecting(sources) { source throws(FileFailure) in
                try RuleFile(text: source.text, file: source.file, signals: signals.map(\.name))
            })
    }
}

extension ConditionStore {
    /// What the database does not understand of a rule.
    func problems(of placed: PlacedRule) async throws -> [FileProblem] {
        var problems: [FileProblem] = []
        let conditions = [("when", placed.rule.condition as String?), ("clear_when", placed.rule.clearCondition)]
        for (key, condition) in conditions {
            guard let condition, let complaint = try await complaint(unsafeCondition: condition) else { continue }
            problems.append(placed.problem(.expression, at: key, complaint))
        }
        return problems
    }
}
