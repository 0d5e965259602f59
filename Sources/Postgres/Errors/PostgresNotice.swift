/// A message the server sends beside the result of a statement, such as a `NOTICE` or `WARNING`.
package struct PostgresNotice: Sendable, Hashable {
    /// `DEBUG`, `LOG`, `INFO`, `NOTICE` or `WARNING`.
    package let severity: String
    /// The message, in one line.
    package let message: String
    /// The five-character code, `00000` for a plain notice.
    package let sqlState: String?
}
