import Foundation

/// Writes pictures.
enum SVGFile {
    /// Writes a picture into a file and says so.
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw CommandError.unwritableFile(path, reason: error.localizedDescription)
        }
        Console.printError("\(path) is written")
    }
}
