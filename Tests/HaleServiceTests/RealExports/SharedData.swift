import Foundation
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Real exports that stand beside the project where somebody has them; tests that use them are skipped where nobody has.
enum SharedData {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")

    static func folder(_ name: String) -> URL { root.appending(path: name) }

    static func isThere(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder(name).path)
    }

    /// The rows of a file without quoted fields, as dictionaries by column.
    static func rows(_ path: String) throws -> [[String: String]] {
        let lines = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            .split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    }

    /// Imports a file through a mapping given as text.
    @discardableResult
    static func load(
        _ kind: ImportKind, _ path: String, map: String? = nil, into database: Database
    ) async throws -> ImportStore.Receipt {
        var request = ImportStage.Request(kind: kind, path: root.appending(path: path).path)
        request.mapping = try map.map { try Mapping(yaml: $0, file: "\(kind.rawValue).yaml") }
        request.isHistory = true
        request.today = ImportFixture.today
        guard case .imported(let receipt, _) = try await ImportStage(database).run(request) else {
            Issue.record("\(path) was imported before")
            return ImportStore.Receipt()
        }
        return receipt
    }
}
