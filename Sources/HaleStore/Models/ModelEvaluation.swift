import Postgres

/// An expression of a model that fails for an account.
package struct ExpressionFailure: Sendable, Hashable {
    /// Its number among those that were evaluated.
    package let expression: Int
    /// Why, in a few words.
    package let problem: String
}

/// Which of several conditions holds first, by account.
package struct ModelChoices: Sendable {
    /// Accounts with the number of the condition, in order of their keys.
    package private(set) var chosen: [(account: Int64, choice: Int)] = []
    /// Accounts for which a condition fails before one holds.
    package private(set) var failures: [Int64: ExpressionFailure] = [:]

    /// The rows of `models/choose`, or of `models/try_choose`.
    init(_ table: RowTable, failing: Bool) throws {
        let account = try table.integers("account_id")
        let choice = try table.integers("choice")
        let failed = failing ? try FailureColumns(table) : nil
        for row in 0..<table.count {
            let key = Int64(account[row] ?? 0)
            if let failure = failed?[row] {
                failures[key] = failure
            } else if let number = choice[row] {
                chosen.append((key, number))
            }
        }
    }
}

/// The figures of a model's measures, by account.
package struct MeasuredFigures: Sendable {
    /// One figure a measure; nil where there is none.
    package private(set) var figures: [Int64: [Double?]] = [:]
    /// Accounts for which a measure fails.
    package private(set) var failures: [Int64: ExpressionFailure] = [:]

    /// Of a model without measures.
    init() {}

    /// The rows of `models/measure`, or of `models/try_measure`.
    init(_ table: RowTable, failing: Bool) throws {
        let account = try table.integers("account_id")
        let values = try table.doubleArrays("figures")
        let failed = failing ? try FailureColumns(table) : nil
        for row in 0..<table.count {
            let key = Int64(account[row] ?? 0)
            let own = values[row] ?? []
            if let failure = failed?[row] {
                failures[key] = failure
            } else if let index = own.firstIndex(where: { $0.map { !$0.isFinite } ?? false }) {
                failures[key] = ExpressionFailure(
                    expression: index, problem: own[index]?.isNaN == true ? "the value is not a number" : "infinity")
            } else {
                figures[key] = own
            }
        }
    }
}

/// The columns that name what failed.
private struct FailureColumns {
    private let failed: IntegerColumn
    private let problem: TextColumn

    init(_ table: RowTable) throws {
        failed = try table.integers("failed")
        problem = try table.texts("problem")
    }

    subscript(row: Int) -> ExpressionFailure? {
        failed[row].map { ExpressionFailure(expression: $0, problem: problem[row] ?? "it fails") }
    }
}
