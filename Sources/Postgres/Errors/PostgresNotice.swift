/// A message the server sends beside the result of a statement, such as a `NOTICE` or `WARNING`.
public struct PostgresNotice: Sendable, Hashable {
    /// `DEBUG`, `LOG`, `INFO`, `NOTICE` or `WARNING`.
    public let severity: String
    /// The message, in one line.
    public let message: String
    /// The five-character code, `00000` for a plain notice.
    public let sqlState: String?
}
