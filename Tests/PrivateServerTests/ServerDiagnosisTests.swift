import PrivateServer
import Testing

@Suite struct ServerDiagnosisTests {
    @Test func `a fresh workspace is in order`() async throws {
        try await withServerFixture { fixture in
            let diagnosis = ServerDiagnosis.examine(
                .privateServer(fixture.server.workspace), options: fixture.server.options)
            #expect(
                diagnosis.checks.map(\.name) == [
                    "database in use", "programs", "workspace", "data directory", "server", "socket directory",
                    "disk space",
                ])
            #expect(diagnosis.checks.filter { $0.name != "disk space" }.allSatisfy { $0.outcome == .ok })
            #expect(OperatingSystem.status(ofPath: fixture.workspacePath) == nil)
        }
    }

    @Test func `a half-made data directory is a problem with advice`() async throws {
        try await withServerFixture { fixture in
            try fixture.writeCluster(["global/pg_control": "x"])
            let diagnosis = ServerDiagnosis.examine(
                .privateServer(fixture.server.workspace), options: fixture.server.options)
            let check = try #require(diagnosis.checks.first { $0.name == "data directory" })
            #expect(check.outcome == .problem)
            #expect(check.text.hasPrefix("HALE-DB-004: "))
            #expect(check.advice?.contains(try fixture.clusterDirectory()) == true)
        }
    }

    @Test func `a socket directory open to others is a warning`() async throws {
        try await withServerFixture { fixture in
            _ = try OperatingSystem.makeDirectory(try fixture.socketDirectory(), permissions: 0o755)
            let diagnosis = ServerDiagnosis.examine(
                .privateServer(fixture.server.workspace), options: fixture.server.options)
            let check = try #require(diagnosis.checks.first { $0.name == "socket directory" })
            #expect(check.outcome == .warning)
            #expect(check.text.hasSuffix("has mode 755 instead of 700"))
        }
    }

    @Test func `a server that is not Hale's own is only named`() throws {
        let location = try DatabaseLocation.resolve(
            environment: ["PGSERVICE": "live"], workspace: Workspace(path: "/no-such-place"))
        let checks = ServerDiagnosis.examine(location).checks
        let text = "the server of libpq's settings, because PGSERVICE=live is set"
        #expect(checks == [DiagnosisCheck(name: "database in use", outcome: .ok, text: text)])
    }
}
