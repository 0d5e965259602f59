import Glibc
import Synchronization
import SystemPackage

// Programs that outlive this process; swift-subprocess waits for the end of all that it starts.
extension OperatingSystem {
    /// Starts a program that outlives this process, in a session of its own, so that no key pressed at this terminal reaches
    /// it. Both its outputs go to a new file, which belongs to `owner`.
    static func startServer(
        _ call: ProgramCall, output path: String, owner: SystemUser
    ) throws(ServerError) -> Int32 {
        collectEnded()
        try deleteFile(path)
        let log = try makeFile(path, permissions: 0o600, owner: owner)
        defer { try? log.close() }
        let processID = try start(call, output: log, errors: log, inOwnSession: true)
        servers.withLock { $0[processID] = .some(nil) }
        return processID
    }

    /// How a program of `startServer` ended; nil while it runs.
    static func ending(ofServer processID: Int32) -> ProgramResult.Ending? {
        collectEnded()
        return servers.withLock { $0[processID] ?? nil }
    }

    /// The programs of `startServer`, and how those ended that have ended.
    private static let servers = Mutex<[Int32: ProgramResult.Ending?]>([:])

    /// Takes note of the servers that have ended, so that the system can forget their processes.
    static func collectEnded() {
        servers.withLock { servers in
            for processID in servers.keys where servers[processID] == .some(nil) {
                var status: Int32 = 0
                guard unsafe waitpid(processID, &status, WNOHANG) == processID else { continue }
                servers[processID] = ending(status)
            }
        }
    }
}
