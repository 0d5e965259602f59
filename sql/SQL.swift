/// One SQL file: its path below `sql/` without the ending, and its text.
///
/// The constants are generated from the files: `sql/features/account_day.sql` is `SQL.Features.accountDay`.
package struct SQL: Sendable, Hashable {
    /// The path below `sql/` without `.sql`, such as `features/account_day`. It appears in errors.
    package let name: String
    /// The file's text.
    package let text: String

    /// A statement with its name.
    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
