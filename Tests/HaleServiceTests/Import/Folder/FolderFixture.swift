import Foundation
import HaleDomain
import HaleService

/// A folder of files that is removed with the last reference to it.
final class FolderFixture: Sendable {
    let path: String

    /// A folder with these files.
    init(_ files: [String: String] = [:]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hale-folder-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
        for (name, text) in files { try write(text, to: name) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to name: String) throws {
        let file = URL(fileURLWithPath: path).appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// What the folder is found to hold.
    func plan(_ answer: (inout FolderAnswers) -> Void = { _ in }) throws -> FolderPlan {
        var answers = FolderAnswers()
        answer(&answers)
        return try FolderSurvey(folder: path, answers: answers).plan()
    }
}

extension FolderPlan {
    /// File and kind of everything that would go in, in order.
    var found: [String] { items.map { "\($0.file) \($0.fit.kind.rawValue)" } }

    /// What was left out, by file.
    var reasons: [String: String] { Dictionary(passedOver.map { ($0.file, $0.reason) }, uniquingKeysWith: { $1 }) }
}
