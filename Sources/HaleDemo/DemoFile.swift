package import HaleDomain

/// One file of the made-up company.
package struct DemoFile: Sendable, Equatable {
    /// The import kind the file belongs to, as in `hale import <kind>`.
    package let kind: ImportKind
    /// Where the file was written.
    package let path: String
    /// Rows after the header.
    package let rows: Int

    /// A file of a kind, written at a path.
    package init(kind: ImportKind, path: String, rows: Int) {
        self.kind = kind
        self.path = path
        self.rows = rows
    }
}
