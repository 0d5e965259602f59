import Foundation
import HaleTestSupport
import Testing

/// What an import keeps beside the database while it runs: nothing that would be left if it were ended.
@Suite(.database) struct `Temporary files` {
    /// A directory for temporary files, and whether a file with content was ever seen there.
    private struct Watched {
        let directory: URL

        init() throws {
            directory = FileManager.default.temporaryDirectory.appending(path: "hale-watched-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        }

        /// The files that hold something, by name.
        func filesWithContent() -> [String] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
            return names.filter { name in
                let path = directory.appending(path: name).path
                let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
                return size ?? 0 > 0
            }
        }
    }

    /// What a command answers, and the files with content that were in its temporary directory at any time before its end.
    private func watch(
        _ watched: Watched, _ command: @escaping @Sendable () async throws -> CommandLineRun
    ) async throws -> (run: CommandLineRun, seen: Set<String>) {
        let directory = watched
        let watcher = Task.detached { () -> Set<String> in
            var seen: Set<String> = []
            while !Task.isCancelled {
                seen.formUnion(directory.filesWithContent())
                await Task.yield()
            }
            return seen
        }
        let run = try await command()
        watcher.cancel()
        return (run, await watcher.value)
    }

    @Test func `of a mapping with expressions, of standard input and of a replay have no name`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let watched = try Watched()
        defer { try? FileManager.default.removeItem(at: watched.directory) }
        let variables = ["TMPDIR": watched.directory.path]
        try user.write(
            "kind: accounts\ncolumns: {account_id: id}\nderive: {name: \"upper(title)\"}\n", to: "map.yaml")
        let rows = (1...20_000).map { "A-\($0),title \($0),\($0 % 10 == 0 ? "no@example.com" : "")\n" }.joined()
        let text = "id,title,csm_email\n" + rows

        let imported = try await watch(watched) {
            try await user.run(
                "import", "accounts", "-", "--map", "map.yaml", "--skip-bad", "2000", "--format", "json", input: text,
                variables: variables)
        }
        #expect(imported.run.errors == "")
        #expect(try imported.run.json()["inserted"] == .number(18_000))
        #expect(imported.seen.isEmpty)

        try user.write("email\nno@example.com\n", to: "csms.csv")
        #expect(try await user.run("import", "csms", "csms.csv").status == 0)
        let replayed = try await watch(watched) {
            try await user.run("import", "replay", "1", "--format", "json", variables: variables)
        }
        #expect(replayed.run.errors == "")
        #expect(try replayed.run.json()["inserted"] == .number(2_000))
        #expect(replayed.seen.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: watched.directory.path).isEmpty)
    }
}
