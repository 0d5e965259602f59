package import Foundation

/// Real exports that stand beside the project where somebody has them; tests that use them are skipped where nobody has.
package enum SharedData {
    package static let root = ProjectFolder.root.deletingLastPathComponent().appending(path: "shared/data")

    package static func folder(_ name: String) -> URL { root.appending(path: name) }

    package static func isThere(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder(name).path)
    }

    /// The rows of a file without quoted fields, as dictionaries by column.
    package static func rows(_ path: String) throws -> [[String: String]] {
        let lines = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            .split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    }
}
