/// A private server that accepts connections.
package struct RunningServer: Equatable, Sendable {
    /// Process of the server.
    package var processID: Int32
    /// Major version of PostgreSQL.
    package var version: Int
    /// Time of its start, in seconds since 1970.
    package var startedSeconds: Int64
    /// Directory of its socket: the `host` of a connection.
    package var socketDirectory: String
    /// Its data directory.
    package var clusterDirectory: String

    /// Keywords of a connection to the database `hale`. The superuser is `postgres`, in the database `postgres`.
    package func keywords(as role: DatabaseRole, database: String = "hale") -> [String: String] {
        ["host": socketDirectory, "port": String(ServerLayout.port), "user": role.rawValue, "dbname": database]
    }
}

/// The roles that the operating-system users of a workspace may take.
package enum DatabaseRole: String, CaseIterable, Sendable {
    /// The superuser of the private server.
    case superuser = "postgres"
    /// Owns the tables; runs migrations and makes partitions.
    case owner = "hale_owner"
    case service = "hale_app"
    /// Evaluates the conditions of rules.
    case rules = "hale_rules"
    /// People and BI tools, reading views.
    case reader = "hale_reader"
}

/// The state of a workspace's private server.
package enum ServerStatus: Equatable, Sendable {
    /// It accepts connections.
    case running(RunningServer)
    /// Its process is starting, or recovering after a crash.
    case starting(processID: Int32)
    /// Its process is ending.
    case stopping(processID: Int32)
    /// Its process lives, but connections do not reach it.
    case unreachable(processID: Int32, reason: String)
    /// The cluster is complete and no server runs.
    case stopped(version: Int)
    /// The workspace has no cluster yet; the next command makes one.
    case absent
    /// The data directory is not complete.
    case halfInitialised(cluster: String, missing: String)
    /// The cluster cannot be used from here: another user's, another workspace's, or gone.
    case foreign(ServerError)
}

/// What `ensureRunning` did, told while it does it; each may take a moment a person wonders about.
package enum ServerEvent: Equatable, Sendable {
    /// A new cluster is being made; this happens once a workspace.
    case initialising(cluster: String)
    /// The server is being started.
    case starting(cluster: String)
    /// The server is being stopped, because it cannot be reached or its workspace moved.
    case stopping(processID: Int32, reason: String)
    /// The workspace had been deleted; its old cluster was kept under this name, replacing one kept earlier.
    case keptOldCluster(path: String)
    /// Another command, of this process where that is known, is making, starting or stopping the server.
    case waiting(processID: Int32?)

    /// One line for the progress output.
    package var text: String {
        switch self {
        case .initialising(let cluster): "making a private PostgreSQL in \(cluster) (once)"
        case .starting(let cluster): "starting the private PostgreSQL in \(cluster)"
        case .stopping(let processID, let reason): "stopping the private PostgreSQL (process \(processID)): \(reason)"
        case .waiting(let processID):
            "waiting for another command\(processID.map { " (process \($0))" } ?? "") "
                + "that is making, starting or stopping the private PostgreSQL"
        case .keptOldCluster(let path): "the workspace was deleted earlier; its old database is kept in \(path)"
        }
    }
}
