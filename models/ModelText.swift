/// A model file that ships with the program, or the tests of one: its path below `models/` without the ending, and its
/// text.
///
/// The list is generated from the files: `models/onboarding.yaml` is the one named `onboarding`, its tests are the one
/// named `tests/onboarding`.
public struct ModelText: Sendable, Hashable {
    /// The file's path below `models/` without `.yaml`.
    public let name: String
    /// The file's text.
    public let text: String

    /// A model file.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
