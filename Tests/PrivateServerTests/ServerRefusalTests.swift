import FoundationEssentials
import PrivateServer
import Testing

private let isRoot = OperatingSystem.effectiveUserID == 0

@Suite struct ServerRefusalTests {
    @Test(arguments: ["PG_VERSION", "global/pg_control", "hale.cluster"])
    func `a data directory that is not complete is refused`(missing: String) async throws {
        try await withServerFixture { fixture in
            var files = ["PG_VERSION": "15\n", "global/pg_control": "x", "hale.cluster": fixture.workspacePath]
            files[missing] = nil
            try fixture.writeCluster(files)
            let cluster = try fixture.clusterDirectory()
            #expect(throws: ServerError.halfInitialised(cluster: cluster, missing: missing)) {
                try fixture.server.ensureRunning()
            }
            #expect(fixture.server.status() == .halfInitialised(cluster: cluster, missing: missing))
        }
    }

    @Test func `what a killed initialisation left is removed, and an open socket directory closed`() async throws {
        try await withServerFixture { fixture in
            let draft = "\(try fixture.clusterDirectory()).new-1"
            try fixture.write(["PG_VERSION": "15\n"], into: draft)
            let sockets = try fixture.socketDirectory()
            _ = try OperatingSystem.makeDirectory(sockets, permissions: 0o777)
            let server = try fixture.server.ensureRunning()
            #expect(fixture.server.status() == .running(server))
            #expect(OperatingSystem.status(ofPath: draft) == nil)
            #expect(OperatingSystem.status(ofPath: sockets)?.permissions == 0o700)
        }
    }

    @Test func `a cluster of a version that is not installed is refused`() async throws {
        try await withServerFixture { fixture in
            try fixture.writeCluster([
                "PG_VERSION": "9\n", "global/pg_control": "x", "hale.cluster": fixture.workspacePath,
            ])
            let cluster = try fixture.clusterDirectory()
            #expect(throws: ServerError.matchingProgramsAbsent(cluster: cluster, version: 9)) {
                try fixture.server.ensureRunning()
            }
        }
    }

    @Test func `a link in the place of the socket directory is refused`() async throws {
        try await withServerFixture { fixture in
            let path = try fixture.socketDirectory()
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: fixture.directory)
            #expect(throws: ServerError.socketDirectoryNotADirectory(path: path)) {
                try fixture.server.ensureRunning()
            }
        }
    }

    @Test(.enabled(if: isRoot, "only root can give a directory away"))
    func `somebody else's socket directory is refused`() async throws {
        try await withServerFixture { fixture in
            let path = try fixture.socketDirectory()
            let nobody = try #require(OperatingSystem.user(named: "nobody"))
            _ = try OperatingSystem.makeDirectory(path, permissions: 0o700)
            try OperatingSystem.setOwner(path, nobody)
            #expect(throws: ServerError.socketDirectoryForeign(path: path, owner: "nobody")) {
                try fixture.server.ensureRunning()
            }
        }
    }

    @Test func `a socket path that is too long is refused`() async throws {
        try await withServerFixture { fixture in
            var options = fixture.server.options
            options.socketParent = "/tmp/" + String(repeating: "x", count: 80)
            let server = PrivateServer(workspace: fixture.server.workspace, options: options)
            let error = try #require(throws: ServerError.self) { try server.ensureRunning() }
            #expect(error.code == "HALE-DB-011")
        }
    }

    @Test func `waiting for the lock has a limit`() async throws {
        try await withServerFixture { fixture in
            var options = fixture.server.options
            options.lockLimitSeconds = 0
            let server = PrivateServer(workspace: fixture.server.workspace, options: options)
            let path = "\(fixture.workspacePath)/lock"
            try fixture.write(["lock": ""], into: fixture.workspacePath)
            let held = try #require(try OperatingSystem.lock(path, limitSeconds: 0))
            #expect(throws: ServerError.lockTimedOut(path: path, limitSeconds: 0)) { try server.ensureRunning() }
            withExtendedLifetime(held) {}
        }
    }

    @Test func `a file in the place of the workspace is refused`() async throws {
        try await withServerFixture { fixture in
            try fixture.write(["workspace": ""], into: fixture.directory)
            let expected = ServerError.workspaceNotWritable(
                path: fixture.workspacePath, reason: "it is not a directory")
            #expect(throws: expected) { try fixture.server.ensureRunning() }
        }
    }

    @Test func `a workspace that an ordinary user and root share is refused to the second`() async throws {
        try await withServerFixture { fixture in
            let cluster: String
            let owner: String
            if isRoot {
                cluster = "\(fixture.workspacePath)/postgres"
                owner = "nobody"
                try fixture.write(["PG_VERSION": "15\n"], into: cluster)
                try OperatingSystem.setOwner(cluster, try #require(OperatingSystem.user(named: owner)))
            } else {
                cluster = "\(fixture.server.options.privilegedClusterParent)/0123456789ab"
                owner = "root"
                try fixture.write(["cluster": cluster + "\n"], into: fixture.workspacePath)
            }
            let expected = ServerError.foreignCluster(cluster: cluster, owner: owner)
            #expect(throws: expected) { try fixture.server.ensureRunning() }
            #expect(fixture.server.status() == .foreign(expected))
        }
    }

    @Test(.enabled(if: isRoot, "only root's clusters are named by a pointer"))
    func `a pointer to a cluster that is gone is refused`() async throws {
        try await withServerFixture { fixture in
            let cluster = "\(fixture.server.options.privilegedClusterParent)/0123456789ab"
            let pointer = "\(fixture.workspacePath)/cluster"
            try fixture.write(["cluster": cluster + "\n"], into: fixture.workspacePath)
            #expect(throws: ServerError.clusterLost(cluster: cluster, pointer: pointer)) {
                try fixture.server.ensureRunning()
            }
        }
    }

    @Test(arguments: ["", "/etc", "/var/lib/hale/../../etc/passwd", "0123456789ab"])
    func `a pointer to anything but a cluster is refused`(text: String) async throws {
        try await withServerFixture { fixture in
            try fixture.write(["cluster": text + "\n"], into: fixture.workspacePath)
            #expect(throws: ServerError.pointerUnreadable(pointer: "\(fixture.workspacePath)/cluster")) {
                try fixture.server.ensureRunning()
            }
        }
    }

    @Test(arguments: [true, false])
    func `a pointer that is there and cannot be read is not taken for none`(isFolder: Bool) async throws {
        try await withServerFixture { fixture in
            let pointer = "\(fixture.workspacePath)/cluster"
            try fixture.write(["other": ""], into: fixture.workspacePath)
            if isFolder {
                _ = try OperatingSystem.makeDirectory(pointer, permissions: 0o700)
            } else {
                try FileManager.default.createSymbolicLink(atPath: pointer, withDestinationPath: "nowhere")
            }
            #expect(throws: ServerError.pointerUnreadable(pointer: pointer)) { try fixture.server.ensureRunning() }
        }
    }
}
