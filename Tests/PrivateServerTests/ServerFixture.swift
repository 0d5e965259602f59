import FoundationEssentials
import PrivateServer
import Synchronization

/// A workspace of its own in a temporary directory, with a private server that is stopped at the end.
struct ServerFixture {
    /// Holds the workspace, the sockets and, for root, the clusters.
    let directory: String
    let server: PrivateServer

    var workspacePath: String { "\(directory)/workspace" }
    var isRoot: Bool { OperatingSystem.effectiveUserID == 0 }

    /// Where the cluster of the fixture's workspace lies.
    func clusterDirectory() throws -> String {
        try ServerLayout.resolve(server.workspace, server.options).clusterDirectory
    }

    /// Where the socket of the fixture's workspace lies.
    func socketDirectory() throws -> String {
        try ServerLayout.resolve(server.workspace, server.options).socketDirectory
    }

    /// A server of another workspace in the same temporary directory.
    func server(workspacePath: String) -> PrivateServer {
        PrivateServer(workspace: Workspace(path: workspacePath), options: server.options)
    }

    /// Writes files, with their directories, below a directory.
    func write(_ files: [String: String], into base: String) throws {
        for (name, text) in files {
            let path = "\(base)/\(name)"
            let parent = path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try OperatingSystem.replaceFile(path, with: text, permissions: 0o600)
        }
    }

    /// Makes something that looks like a cluster of this workspace, out of the named files.
    func writeCluster(_ files: [String: String]) throws {
        let cluster = try clusterDirectory()
        try write(files, into: cluster)
        if isRoot { try write(["cluster": cluster + "\n"], into: workspacePath) }
    }

    /// Runs SQL as the superuser and returns what it prints.
    func query(_ sql: String, on server: RunningServer) throws -> ProgramResult {
        let programs = try ServerPrograms.choose(clusterVersion: server.version, cluster: server.clusterDirectory)
        let target = ConnectionTarget.keywords(server.keywords(as: .superuser, database: "postgres"))
        let arguments = ["--no-psqlrc", "--tuples-only", "--no-align", "--command", sql]
        return try OperatingSystem.run(ProgramCall(programs.path("psql"), target.shell.arguments + arguments))
    }
}

/// Collects what several tasks report.
final class EventRecord: Sendable {
    private let recorded = Mutex<[ServerEvent]>([])

    var events: [ServerEvent] { recorded.withLock { $0 } }

    func append(_ event: ServerEvent) { recorded.withLock { $0.append(event) } }
}

/// Gives a fixture to a test and removes all of it afterwards.
func withServerFixture(_ body: (ServerFixture) async throws -> Void) async throws {
    let name = "hale-server-test-\(UUID().uuidString.prefix(8))"
    let directory = "\(OperatingSystem.realPath("/tmp") ?? "/tmp")/\(name)"
    // Root's server runs as another user, who must be able to pass through.
    _ = try OperatingSystem.makeDirectory(directory, permissions: 0o755)
    let options = ServerOptions(
        durability: .none, socketParent: directory, privilegedClusterParent: "\(directory)/clusters")
    let fixture = ServerFixture(
        directory: directory,
        server: PrivateServer(workspace: Workspace(path: "\(directory)/workspace"), options: options))
    let result: Result<Void, any Error>
    do {
        result = .success(try await body(fixture))
    } catch {
        result = .failure(error)
    }
    for server in [fixture.server, fixture.server(workspacePath: "\(directory)/moved")] {
        _ = try? server.stop()
    }
    try FileManager.default.removeItem(atPath: directory)
    try result.get()
}
