import FoundationEssentials
import PrivateServer
import Testing

@Suite struct MovedWorkspaceTests {
    @Test func `a moved workspace keeps its data, and a new one may take its place`() async throws {
        try await withServerFixture { fixture in
            let moved = "\(fixture.directory)/moved"
            let first = try fixture.server.ensureRunning()
            _ = try fixture.query("create table kept as select 7 as number", on: first)
            // The fixture's server confirms before it writes, and a moved server is ended without saving.
            _ = try fixture.query("checkpoint", on: first)
            try OperatingSystem.move(fixture.workspacePath, to: moved)
            let movedServer = fixture.server(workspacePath: moved)
            if fixture.isRoot {
                // Root's cluster stays where it is and learns the new path from the next command.
                #expect(try movedServer.ensureRunning() == first)
            }

            let replacement = try fixture.server.ensureRunning()
            #expect(try fixture.query("select to_regclass('kept') is null", on: replacement).output == "t\n")
            let again = try movedServer.ensureRunning()
            #expect(try fixture.query("select number from kept", on: again).output == "7\n")
            // Both have all they need to start once more.
            for server in [fixture.server, movedServer] {
                #expect(try server.stop())
                #expect(try server.ensureRunning().processID > 0)
            }
        }
    }

    @Test func `a workspace that is deleted while its server runs begins empty`() async throws {
        try await withServerFixture { fixture in
            let first = try fixture.server.ensureRunning()
            _ = try fixture.query("create table kept as select 7 as number", on: first)
            try FileManager.default.removeItem(atPath: fixture.workspacePath)
            var events: [ServerEvent] = []
            let second = try fixture.server.ensureRunning { events.append($0) }
            #expect(second.processID != first.processID)
            #expect(try fixture.query("select to_regclass('kept') is null", on: second).output == "t\n")
            let cluster = try fixture.clusterDirectory()
            let expected: ServerEvent =
                fixture.isRoot
                ? .keptOldCluster(path: "\(cluster).previous")
                : .stopping(processID: first.processID, reason: "its data was deleted")
            #expect(events == [expected, .initialising(cluster: cluster), .starting(cluster: cluster)])
        }
    }

    @Test func `a copy of a workspace does not share the server of the original`() async throws {
        try await withServerFixture { fixture in
            let first = try fixture.server.ensureRunning()
            #expect(try fixture.server.stop())
            let copy = "\(fixture.directory)/moved"
            let result = try OperatingSystem.run(ProgramCall("/bin/cp", ["-a", fixture.workspacePath, copy]))
            #expect(result.succeeded)
            let original = try fixture.server.ensureRunning()
            let copiedServer = fixture.server(workspacePath: copy)
            if fixture.isRoot {
                let expected = ServerError.clusterOfAnotherWorkspace(
                    cluster: first.clusterDirectory, pointer: "\(copy)/cluster", workspace: fixture.workspacePath)
                #expect(throws: expected) { try copiedServer.ensureRunning() }
            } else {
                #expect(try copiedServer.ensureRunning().processID != original.processID)
            }
            #expect(fixture.server.status() == .running(original))
        }
    }
}
