/// The signs a table is drawn with.
struct Glyphs: Sendable, Equatable {
    let ellipsis: String
    let missing: String
    let rule: String
    let replacement: Unicode.Scalar

    init(unicode: Bool) {
        ellipsis = unicode ? "…" : "..."
        missing = unicode ? NumberText.missing : "-"
        rule = unicode ? "─" : "-"
        replacement = unicode ? "\u{FFFD}" : "?"
    }
}
