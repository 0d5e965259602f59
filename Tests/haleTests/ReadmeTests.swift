import Foundation
import HaleTestSupport
import Postgres
import Testing

/// README.md keeps up with the program: commands, settings and queries.
@Suite struct `The README` {
    private static func text() throws -> String {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    }

    /// A piece of code: a line of a fenced block, with the block's language, or a span in backticks, with none.
    private struct Code {
        let language: String
        let text: String
    }

    private static func code() throws -> [Code] {
        var pieces: [Code] = []
        var language: String?
        for line in try text().split(separator: "\n", omittingEmptySubsequences: false) {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.hasPrefix("```") {
                language = language == nil ? String(trimmed.dropFirst(3)) : nil
            } else if let language {
                pieces.append(Code(language: language, text: String(line)))
            } else {
                let parts = line.split(separator: "`", omittingEmptySubsequences: false)
                for (position, part) in parts.enumerated() where position % 2 == 1 {
                    pieces.append(Code(language: "", text: String(part)))
                }
            }
        }
        return pieces
    }

    /// The words of a piece of code; `up|down` are two.
    private static func words(_ code: Code) -> [String] {
        code.text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(String.init)
    }

    /// The names below `SUBCOMMANDS:` of a help text: two spaces, the name, and more spaces or the line's end.
    private static func subcommands(of help: CommandLineRun) -> [String] {
        let lines = help.outputLines.drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
        return lines.compactMap { $0.prefixMatch(of: /[ ][ ]([a-z][a-z-]*)/) }.map { String($0.output.1) }
    }

    @Test func `every command of its table is there`() async throws {
        let user = try CommandLineUser()
        let commands = Self.subcommands(of: try await user.run("--help"))
        let named = try Self.text().split(separator: "\n").compactMap { line in
            line.prefixMatch(of: /\| `hale ([a-z]+)/).map { String($0.output.1) }
        }
        #expect(named.count > 40)
        for name in Set(named).subtracting(["help"]) {
            #expect(commands.contains(name), "hale \(name) of README.md is no command")
        }
    }

    @Test func `every command is in it`() async throws {
        let user = try CommandLineUser()
        let commands = Self.subcommands(of: try await user.run("--help"))
        try #require(commands.contains("morning"))
        let code = try Self.code().map { Self.words($0) }
        for command in commands {
            // `hale demo`, or a line that names the program and the command.
            let lines = code.filter { $0.contains("hale") && $0.contains(command) }
            #expect(!lines.isEmpty, "hale \(command) is not in README.md")
            for subcommand in Self.subcommands(of: try await user.run([command, "--help"])) {
                let isNamed = lines.contains { $0.contains(subcommand) }
                #expect(isNamed, "hale \(command) \(subcommand) is not in README.md")
            }
        }
    }

    @Test(.database) func `every setting is in it`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let answer = try await user.run("config", "--format", "json").json()
        let settings = try #require(answer["settings"]?.elements)
        let names = settings.compactMap { $0["name"]?.textValue }
        try #require(names.contains("time_zone"))
        let code = try Self.code()
        let words = Set(code.flatMap { Self.words($0) })
        for name in names { #expect(words.contains(name), "the setting \(name) is not in README.md") }
    }

    @Test(.database) func `every query runs`() async throws {
        let lines = try Self.code().filter { $0.language == "sql" }.map(\.text)
        // A comment may hold a semicolon.
        let uncommented = lines.map { line in line.firstRange(of: "--").map { String(line[..<$0.lowerBound]) } ?? line }
        let statements = uncommented.joined(separator: "\n").split(separator: ";")
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { !$0.isEmpty }
        #expect(statements.count >= 3, "the README shows at least three queries")
        for statement in statements {
            do {
                _ = try await TestDatabase.shared.query(statement)
            } catch let error as PostgresError {
                Issue.record("\(error): \(statement)")
            }
        }
    }
}
