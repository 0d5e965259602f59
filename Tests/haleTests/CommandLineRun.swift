import Foundation

/// How a run of a program ended and what it wrote.
struct CommandLineRun: Sendable {
    /// A run that takes longer is ended with status 124, so that a test fails instead of hanging.
    static let limitSeconds = 60

    /// Its exit status; 128 and the signal's number when a signal ended it.
    let status: Int32
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let errors: String

    /// The lines of standard output, empty ones included.
    var outputLines: [String] { Self.lines(output) }
    /// The lines of standard error, empty ones included.
    var errorLines: [String] { Self.lines(errors) }
    /// Everything it wrote.
    var everything: String { output + errors }

    /// The JSON value on standard output.
    func json() throws -> JSONAnswer {
        try JSONDecoder().decode(JSONAnswer.self, from: Data(output.utf8))
    }

    private static func lines(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// Runs a program to its end. Its streams are files, so that no output, however long, can block it; to the program
    /// they are no terminal either way.
    static func start(
        _ command: [String], input: Data, environment: [String: String], directory: URL, streams: URL
    ) async throws -> CommandLineRun {
        let folder = streams.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let files = ["input", "output", "errors"].map { folder.appending(path: $0) }
        for file in files { try Data().write(to: file) }
        try input.write(to: files[0])
        let handles = [
            try FileHandle(forReadingFrom: files[0]), try FileHandle(forWritingTo: files[1]),
            try FileHandle(forWritingTo: files[2]),
        ]

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["timeout", String(limitSeconds)] + command
        process.environment = environment
        process.currentDirectoryURL = directory
        process.standardInput = handles[0]
        process.standardOutput = handles[1]
        process.standardError = handles[2]
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { ended in
                let wasSignalled = ended.terminationReason == .uncaughtSignal
                continuation.resume(returning: ended.terminationStatus + (wasSignalled ? 128 : 0))
            }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        withExtendedLifetime(process) {}
        for handle in handles { try handle.close() }
        return CommandLineRun(
            status: status, output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
}
