/// A file of the made-up company could not be written.
struct DemoWritingError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path): \(reason)" }
}
