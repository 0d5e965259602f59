import HaleDomain
import HaleStore
import Postgres

/// A rule whose conditions could not be evaluated on a day.
public struct RuleComplaint: Sendable, Hashable {
    /// Name of the rule.
    public let rule: String
    /// What the database says.
    public let message: String
}

/// Evaluates the conditions of rules for a day: all in one pass, or, where that fails, one after another.
struct RuleEvaluation {
    /// What came of it.
    struct Result {
        /// What each rule's conditions are by account; without the rules that failed.
        var readings: [String: [Int64: ConditionReading]] = [:]
        /// The signals of each account that occurs, JSON objects.
        var signals: [Int64: String] = [:]
        /// The rules that failed.
        var complaints: [RuleComplaint] = []
    }

    let conditions: ConditionStore
    /// The signals that are kept with what happens, and that texts show.
    let shown: [Signal]

    /// Evaluates rules for the accounts for which one of them holds, and for some others.
    func run(_ rules: [AlertRule], on day: Day, besides accounts: [Int64]) async throws -> Result {
        var result = Result()
        do {
            try await evaluate(rules, on: day, besides: accounts, into: &result)
            return result
        } catch let error as PostgresError {
            guard Self.isOfOneRule(error) else { throw error }
        }
        result = Result()
        for rule in rules {
            do {
                try await evaluate([rule], on: day, besides: accounts, into: &result)
            } catch let error as PostgresError {
                guard Self.isOfOneRule(error) else { throw error }
                result.complaints.append(RuleComplaint(rule: rule.name, message: error.message))
            }
        }
        return result
    }

    private func evaluate(
        _ rules: [AlertRule], on day: Day, besides accounts: [Int64], into result: inout Result
    ) async throws {
        guard !rules.isEmpty else { return }
        let rows = try await conditions.evaluate(
            rules.map(RuleConditions.init), on: day, besides: accounts, showing: shown)
        for row in rows {
            result.signals[row.account] = row.signals
            for (rule, reading) in zip(rules, row.readings) {
                result.readings[rule.name, default: [:]][row.account] = reading
            }
        }
        for rule in rules where result.readings[rule.name] == nil { result.readings[rule.name] = [:] }
    }

    /// Whether the error may come from one condition: a value it cannot work with, or the time it takes.
    private static func isOfOneRule(_ error: PostgresError) -> Bool {
        guard let state = error.sqlState, !Task.isCancelled else { return false }
        return state.hasPrefix("22") || state.hasPrefix("42") || state.hasPrefix("54") || state == "57014"
    }
}
