/// A signal that rules may use.
package struct Signal: Sendable, Hashable {
    /// Its name in conditions and templates.
    package let name: String
    /// Its type in PostgreSQL.
    package let type: String
    /// What it is.
    package let meaning: String
    /// Its unit; nil for a text.
    package let unit: String?

    /// A signal with the comment on its column, which ends with the unit in brackets.
    package init(name: String, type: String, comment: String) {
        self.name = name
        self.type = type
        if comment.hasSuffix("]"), let open = comment.lastIndex(of: "[") {
            var text = comment[..<open]
            while text.last == " " { text.removeLast() }
            meaning = String(text)
            unit = String(comment[comment.index(after: open)...].dropLast())
        } else {
            meaning = comment
            unit = nil
        }
    }
}
