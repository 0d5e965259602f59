import Foundation

/// Python with the programs of others that `scripts/test-peers` installs.
package enum PythonPeer {
    /// Its interpreter.
    package static let python = ProjectFolder.root.appending(path: ".build/peers/bin/python").path

    /// Whether it has some modules.
    package static func has(_ modules: String...) async -> Bool {
        (try? await run(["-c", "import \(modules.joined(separator: ", "))"]).status) == 0
    }

    /// Runs it to its end; its status and what it wrote.
    package static func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return (status, String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
    }
}
