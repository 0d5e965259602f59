package import Foundation

/// Python with the packages of others that tests compare Hale with; `Tests/peers.txt` lists them, and
/// scripts/test-peers installs them below `.build`.
package enum PeerProgram {
    package static let python = ProjectFolder.root.appending(path: ".build/peers/bin/python").path

    /// Whether Python has these modules.
    package static func has(_ modules: String...) async -> Bool {
        guard FileManager.default.isExecutableFile(atPath: python) else { return false }
        return (try? await run("import \(modules.joined(separator: ", "))", input: Data()).status) == 0
    }

    /// Runs a script with a text as standard input; its status, and what it wrote.
    package static func run(
        _ script: String, _ arguments: [String] = [], input: Data, environment: [String: String] = [:]
    ) async throws -> (status: Int32, output: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hale-peer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files block nobody, however long they become.
        let files = ["script.py", "input", "output"].map { folder.appending(path: $0) }
        try Data(script.utf8).write(to: files[0])
        try input.write(to: files[1])
        try Data().write(to: files[2])
        let output = try FileHandle(forWritingTo: files[2])
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [files[0].path] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: files[1])
        process.standardOutput = output
        process.standardError = output
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        try output.close()
        return (status, String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
}
