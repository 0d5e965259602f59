/// One SQL statement with the name that errors show and that its prepared form carries on the server.
package struct Statement: Sendable, Hashable {
    /// What errors call the statement, such as `accounts.upsert`.
    package let name: String
    /// The SQL text, with `$1`, `$2` … for the parameters.
    package let text: String

    /// A statement of the given name and text.
    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
