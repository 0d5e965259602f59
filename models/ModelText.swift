/// A model file that ships with the program, or the tests of one: its path below `models/` without the ending, and its
/// text.
///
/// The list is generated from the files: `models/onboarding.yaml` is the one named `onboarding`, its tests are the one
/// named `tests/onboarding`.
package struct ModelText: Sendable, Hashable {
    /// The file's path below `models/` without `.yaml`.
    package let name: String
    /// The file's text.
    package let text: String

    /// A model file.
    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
