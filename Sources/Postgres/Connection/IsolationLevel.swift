/// How far a transaction is kept apart from others.
package enum IsolationLevel: String, Sendable, CaseIterable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "read committed"
    /// All statements see what was committed before the first one; may fail with 40001 and want another attempt.
    case repeatableRead = "repeatable read"
}
