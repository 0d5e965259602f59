/// One file of the made-up company.
public struct DemoFile: Sendable, Equatable {
    /// The import kind the file belongs to, as in `hale import <kind>`.
    public let kind: String
    /// Where the file was written.
    public let path: String
    /// Rows after the header.
    public let rows: Int

    /// A file of a kind, written at a path.
    public init(kind: String, path: String, rows: Int) {
        self.kind = kind
        self.path = path
        self.rows = rows
    }
}
