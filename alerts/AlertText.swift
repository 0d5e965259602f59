/// A file of rules or their tests that ships with the program: its path below `alerts/` without the ending, and its text.
///
/// The list is generated from the files: `alerts/rules/churn-risk.yaml` is the one named `rules/churn-risk`.
package struct AlertText: Sendable, Hashable {
    /// The file's path below `alerts/` without `.yaml`.
    package let name: String
    /// The file's text.
    package let text: String

    /// A file of rules or tests.
    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
