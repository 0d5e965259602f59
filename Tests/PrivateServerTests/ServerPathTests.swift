import FoundationEssentials
import PrivateServer
import Testing

/// No path of a workspace is ever read as a command, as a list or as two lines.
@Suite struct `The paths of a private server` {
    @Test func `a path full of what shells and configuration files read otherwise works`() async throws {
        try await withServerFixture { fixture in
            let witness = "\(fixture.directory)/ran"
            let path = "\(fixture.directory)/p$(touch \(witness))/`touch \(witness)`/it's \"one\", $HOME; 帳 \\ é "
            var options = fixture.server.options
            options.privilegedClusterParent = path + "/clusters"
            let server = PrivateServer(workspace: Workspace(path: path + "/home"), options: options)
            defer { _ = try? server.stop() }
            let running = try server.ensureRunning()
            #expect(running.clusterDirectory.hasPrefix(path))
            #expect(try fixture.query("show data_directory", on: running).output == running.clusterDirectory + "\n")
            #expect(try server.stop())
            #expect(try server.ensureRunning().clusterDirectory == running.clusterDirectory)
            #expect(!FileManager.default.fileExists(atPath: witness))
        }
    }

    @Test func `a socket directory with quotes, blanks and backslashes works`() async throws {
        try await withServerFixture { fixture in
            var options = fixture.server.options
            options.socketParent = "\(fixture.directory)/a 'b' \"c\" \\d"
            _ = try OperatingSystem.makeDirectory(options.socketParent, permissions: 0o755)
            let server = PrivateServer(workspace: fixture.server.workspace, options: options)
            let running = try server.ensureRunning()
            #expect(try fixture.query("select 7", on: running).output == "7\n")
        }
    }

    @Test(arguments: [
        ("two\nlines", "two\\nlines", "a line break or another control character"),
        ("a\rb", "a\\rb", "a line break or another control character"),
        ("a\tb", "a\\tb", "a line break or another control character"),
        ("a\u{0}b", "a\\0b", "a line break or another control character"),
        ("a\u{7F}b", "a\\u{7F}b", "a line break or another control character"),
        ("a\u{FFFD}b", "a\u{FFFD}b", "is not UTF-8"),
        (String(repeating: "long/", count: 200), "long/long", "more than 900 bytes"),
    ])
    func `a path that would be misread is refused before anything is made`(
        name: String, shown: String, reason: String
    ) async throws {
        try await withServerFixture { fixture in
            var options = fixture.server.options
            options.privilegedClusterParent = "\(fixture.directory)/\(name)"
            let server = PrivateServer(workspace: Workspace(path: "\(fixture.directory)/\(name)"), options: options)
            let error = try #require(throws: ServerError.self) { try server.ensureRunning() }
            #expect(error.code == "HALE-DB-022")
            #expect(error.description.contains(reason) && error.description.contains(shown), "\(error)")
            #expect(!error.description.contains("\n"))
            #expect(server.status() == .foreign(error))
            #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.directory).isEmpty)
        }
    }

    @Test func `the server is its own session's leader, so that no key of a terminal reaches it`() async throws {
        try await withServerFixture { fixture in
            let running = try fixture.server.ensureRunning()
            let stat = try #require(FileManager.default.contents(atPath: "/proc/\(running.processID)/stat"))
            let text = String(decoding: stat, as: UTF8.self)
            let close = try #require(text.lastIndex(of: ")"))
            // After the name: state, parent, process group, session.
            let fields = text[text.index(after: close)...].split(separator: " ")
            #expect(fields[3] == "\(running.processID)", "\(text)")
        }
    }

    @Test func `who waits for another command is told which it is`() async throws {
        try await withServerFixture { fixture in
            try fixture.write(["keep": ""], into: fixture.workspacePath)
            let lock = try #require(try OperatingSystem.lock("\(fixture.workspacePath)/lock", limitSeconds: 0))
            var options = fixture.server.options
            options.lockLimitSeconds = 2
            let server = PrivateServer(workspace: fixture.server.workspace, options: options)
            var events: [ServerEvent] = []
            let error = try #require(throws: ServerError.self) { try server.ensureRunning { events.append($0) } }
            withExtendedLifetime(lock) {}
            #expect(error.code == "HALE-DB-012")
            #expect(events == [.waiting(processID: OperatingSystem.processID)])
            #expect(events.first?.text.contains("process \(OperatingSystem.processID)") == true)
        }
    }
}
