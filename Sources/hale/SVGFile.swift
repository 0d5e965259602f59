import Foundation

/// Writes pictures.
enum SVGFile {
    /// The path that stands for standard output.
    static let standardOutput = "-"

    /// Writes a picture into a file and says so, or to standard output. False where standard output is taken by that:
    /// then nothing else is printed there.
    static func write(_ text: String, to path: String) throws -> Bool {
        if path == standardOutput {
            Console.printOut(text)
            return false
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw CommandError.unwritableFile(path, reason: error.localizedDescription)
        }
        Console.printError("\(path) is written")
        return true
    }
}
