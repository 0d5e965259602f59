package import Foundation

extension PythonPeer {
    /// Runs a script, to which a file is standard input; its status and what it wrote.
    package static func run(
        script: String, input: Data, environment: [String: String] = [:]
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
        process.arguments = [files[0].path]
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
