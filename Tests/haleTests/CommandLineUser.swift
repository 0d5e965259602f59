import Foundation
import HaleTestSupport
import Postgres

/// Somebody who uses the built program, with a current directory, a home and variables of their own; the files are
/// removed with the last reference.
final class CommandLineUser: Sendable {
    /// The current directory of the runs, which holds the workspace `.hale` too.
    let directory: URL
    private let root: URL
    private let program: String
    private let environment: [String: String]

    /// Somebody with these variables, besides `PATH` and `HOME`.
    init(_ variables: [String: String] = [:]) throws {
        program = try Self.builtProgram()
        // The real path, because the program names paths without links.
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        root = temporary.appending(path: "hale-user-\(UUID().uuidString.prefix(8))")
        directory = root.appending(path: "work")
        for folder in ["work", "home", "streams"] {
            try FileManager.default.createDirectory(
                at: root.appending(path: folder), withIntermediateDirectories: true)
        }
        var environment = ["HOME": root.appending(path: "home").path]
        for name in ["PATH", "LD_LIBRARY_PATH"] { environment[name] = ProcessInfo.processInfo.environment[name] }
        self.environment = environment.merging(variables) { _, given in given }
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    /// Somebody whose variables name the running test's database.
    static func ofTestDatabase() throws -> CommandLineUser {
        let keywords = try TestDatabase.shared.superuser.keywords
        var variables: [String: String] = [:]
        for (variable, keyword) in [("PGHOST", "host"), ("PGUSER", "user"), ("PGDATABASE", "dbname")] {
            variables[variable] = keywords[keyword]
        }
        return try CommandLineUser(variables)
    }

    /// Runs `hale` with the arguments.
    func run(
        _ arguments: String..., input: String = "", variables: [String: String] = [:]
    ) async throws -> CommandLineRun {
        try await run(arguments, input: input, variables: variables)
    }

    /// Runs `hale` with a list of arguments.
    func run(
        _ arguments: [String], input: String = "", variables: [String: String] = [:]
    ) async throws -> CommandLineRun {
        try await CommandLineRun.start(
            [program] + arguments, input: Data(input.utf8),
            environment: environment.merging(variables) { _, added in added }, directory: directory,
            streams: root.appending(path: "streams"))
    }

    /// Runs a line of shell, in which `"$HALE"` is the program.
    func shell(_ line: String, variables: [String: String] = [:]) async throws -> CommandLineRun {
        try await CommandLineRun.start(
            ["/bin/sh", "-c", line], input: Data(),
            environment: environment.merging(["HALE": program]) { _, added in added }
                .merging(variables) { _, added in added },
            directory: directory, streams: root.appending(path: "streams"))
    }

    /// Writes a file below the current directory.
    func write(_ text: String, to name: String) throws {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Whether something of that name is in the current directory.
    func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: directory.appending(path: name).path)
    }

    /// The program lies beside the tests' own, or above them.
    private static func builtProgram() throws -> String {
        let tests = ProcessInfo.processInfo.arguments.first.map { URL(filePath: $0) }
        for start in [Bundle.main.executableURL, tests].compactMap({ $0 }) {
            var folder = Array(start.standardizedFileURL.pathComponents.dropFirst())
            while !folder.isEmpty {
                folder.removeLast()
                let candidate = "/" + (folder + ["hale"]).joined(separator: "/")
                let attributes = try? FileManager.default.attributesOfItem(atPath: candidate)
                let isFile = attributes?[.type] as? FileAttributeType == .typeRegular
                if isFile, FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            }
        }
        throw CommandLineTestError.programMissing
    }
}

/// Why the tests of the command line cannot run.
enum CommandLineTestError: Error {
    /// There is no program `hale` beside or above the tests' own.
    case programMissing
}
