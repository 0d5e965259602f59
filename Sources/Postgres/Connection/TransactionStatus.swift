/// Where a connection is with regard to transactions.
package enum TransactionStatus: Sendable, Hashable {
    /// Outside a transaction.
    case idle
    /// A statement is running.
    case active
    /// Inside a transaction.
    case inTransaction
    /// Inside a transaction that can only be rolled back.
    case inFailedTransaction
    /// The connection is broken or closed.
    case unknown
}
