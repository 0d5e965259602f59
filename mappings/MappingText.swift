/// A mapping file that ships with the program: its name without the ending, and its text.
///
/// The list is generated from the files: `mappings/stripe-subscriptions.yaml` is the one named `stripe-subscriptions`.
package struct MappingText: Sendable, Hashable {
    /// The file's name without `.yaml`.
    package let name: String
    /// The file's text.
    package let text: String

    /// A mapping file.
    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
