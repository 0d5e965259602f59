import Foundation
import HaleTestSupport
import Postgres
import Testing

/// README.md and docs keep up with the program: commands, settings and queries. That the commands in them exist is held
/// by the tests of mentions.
@Suite struct `The README and the pages of docs` {
    private static let pages = Result { try Documentation.ofUsers() }

    /// The words of all code; `up|down` are two.
    private static func words() throws -> [[String]] {
        try pages.get().flatMap(\.code).map { code in
            code.text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(String.init)
        }
    }

    @Test func `every command is in them`() async throws {
        let tree = try await CommandTree.ofTheProgram()
        let words = try Self.words()
        for path in tree.paths where path != ["help"] {
            // `hale db up|down` names both.
            let isNamed = words.contains { line in line.contains("hale") && path.allSatisfy { line.contains($0) } }
            #expect(isNamed, "hale \(path.joined(separator: " ")) is in no page")
        }
    }

    @Test func `the tables of commands have every command with every option`() async throws {
        let tree = try await CommandTree.ofTheProgram()
        let page = try Documentation.page("docs/commands-and-settings.md")
        var described: [[String]: Set<String>] = [:]
        for (number, line) in page.lines where line.hasPrefix("| `hale ") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            try #require(cells.count == 5, "\(page.path):\(number)")
            // `hale receivers pause NAME`, `resume NAME`
            let names = Documentation.Code.spans(of: cells[1]).map { $0.split(separator: " ").map(String.init) }
            let path = tree.command(at: names[0].dropFirst()).path
            described[path, default: []].formUnion(Documentation.Code.spans(of: cells[3]))
            for other in names.dropFirst() { described[path.dropLast() + other.prefix(1)] = [] }
        }
        for (path, isDefault) in tree.leaves where path != ["help"] {
            let name = (["hale"] + path).joined(separator: " ")
            let options = described[path] ?? (isDefault ? described[path.dropLast()] : nil)
            let row = try #require(options, "\(name) has no row in \(page.path)")
            let command = tree.command(at: path).command
            if command.passesOn { continue }
            #expect(row == Set(command.options.map(\.name)), "\(page.path): the options of \(name)")
        }
    }

    @Test(.database) func `the table of settings has every setting and no other`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let answer = try await user.run("config", "--format", "json").json()
        let settings = try #require(answer["settings"]?.elements)
        let names = settings.compactMap { $0["name"]?.textValue }
        try #require(names.contains("time_zone"))
        let page = try Documentation.page("docs/commands-and-settings.md")
        let rows = page.lines.map(\.text).drop { $0 != "## Settings" }.compactMap { line in
            line.prefixMatch(of: /\| `([a-z_]+)` \|/).map { String($0.output.1) }
        }
        #expect(Set(rows) == Set(names) && rows.count == names.count, "the settings of \(page.path)")
    }

    @Test(.database) func `every query runs`() async throws {
        let lines = try Self.pages.get().flatMap(\.code).filter { $0.language == "sql" }.map(\.text)
        // A comment may hold a semicolon.
        let uncommented = lines.map { line in line.firstRange(of: "--").map { String(line[..<$0.lowerBound]) } ?? line }
        let statements = uncommented.joined(separator: "\n").split(separator: ";")
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { !$0.isEmpty }
        #expect(statements.count >= 3, "the pages show at least three queries")
        for statement in statements {
            do {
                _ = try await TestDatabase.shared.query(statement)
            } catch let error as PostgresError {
                Issue.record("\(error): \(statement)")
            }
        }
    }

    @Test func `every link between them leads somewhere`() throws {
        let pages = try Self.pages.get() + [Documentation.page("CONTRIBUTING.md")]
        var count = 0
        for page in pages {
            let folder = Documentation.root.appending(path: page.path).deletingLastPathComponent()
            for (number, line) in page.lines {
                for match in line.matches(of: /\]\(([^)]+)\)/) where !match.output.1.contains("://") {
                    count += 1
                    let parts = match.output.1.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
                    let file =
                        parts[0].isEmpty
                        ? Documentation.root.appending(path: page.path)
                        : folder.appending(path: parts[0]).standardizedFileURL
                    let isThere = FileManager.default.fileExists(atPath: file.path)
                    #expect(isThere, "\(page.path):\(number): there is no \(parts[0])")
                    guard isThere, parts.count == 2 else { continue }
                    let anchors = Self.anchors(of: try String(contentsOf: file, encoding: .utf8))
                    #expect(anchors.contains(parts[1]), "\(page.path):\(number): no heading is #\(parts[1])")
                }
            }
        }
        #expect(count > 30)
    }

    @Test func `every page is in the README's index`() throws {
        let pages = try Self.pages.get()
        for page in pages.dropFirst() {
            #expect(pages[0].text.contains("](\(page.path))"), "\(page.path) is not in README.md")
        }
    }

    /// What links name the headings of a text by: lower case, blanks as `-`, without punctuation and the targets of links.
    private static func anchors(of text: String) -> Set<String> {
        let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }
        return Set(
            headings.map { heading in
                let words = heading.drop { $0 == "#" || $0 == " " }.replacing(/\]\([^)]*\)/, with: "")
                return words.lowercased().replacing(" ", with: "-").filter {
                    $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_"
                }
            })
    }
}
