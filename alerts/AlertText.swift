/// A file of rules or their tests that ships with the program: its path below `alerts/` without the ending, and its text.
///
/// The list is generated from the files: `alerts/rules/churn-risk.yaml` is the one named `rules/churn-risk`.
public struct AlertText: Sendable, Hashable {
    /// The file's path below `alerts/` without `.yaml`.
    public let name: String
    /// The file's text.
    public let text: String

    /// A file of rules or tests.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
