/// The forms in which a command gives its answer.
package enum OutputFormat: String, Sendable, CaseIterable {
    /// For people at a terminal.
    case table
    /// For programs: one object.
    case json
    /// For spreadsheets: RFC 4180.
    case csv
    /// For issues and wiki pages.
    case markdown
}
