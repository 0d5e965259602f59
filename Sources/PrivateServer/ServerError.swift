/// What can go wrong with the private PostgreSQL server and with choosing a database; each case has a greppable code.
package enum ServerError: Error, Equatable, Sendable {
    /// No PostgreSQL of the oldest accepted major version or newer is installed; `found` lists older ones.
    case programsAbsent(oldestVersion: Int, found: [Int])
    /// The cluster was made by a major version that is not installed.
    case matchingProgramsAbsent(cluster: String, version: Int)
    /// The workspace cannot be created or written.
    case workspaceNotWritable(path: String, reason: String)
    /// A client program of PostgreSQL is not installed.
    case clientAbsent(program: String)
    /// The path of the workspace holds what PostgreSQL cannot note, or is too long for it.
    case workspacePathUnusable(path: String, reason: String)
    /// The data directory exists but its initialisation was never finished, or Hale did not make it.
    case halfInitialised(cluster: String, missing: String)
    /// The workspace's cluster belongs to another operating-system user.
    case foreignCluster(cluster: String, owner: String)
    /// The workspace's pointer names a cluster that is gone.
    case clusterLost(cluster: String, pointer: String)
    /// The workspace is a copy: its pointer names the cluster of another, living workspace.
    case clusterOfAnotherWorkspace(cluster: String, pointer: String, workspace: String)
    /// The pointer file does not name a cluster in the directory where clusters are kept.
    case pointerUnreadable(pointer: String)
    /// Somebody else owns the directory of the socket.
    case socketDirectoryForeign(path: String, owner: String)
    /// The path of the socket directory is taken by a link or a file.
    case socketDirectoryNotADirectory(path: String)
    /// The path of the socket is longer than the operating system allows.
    case socketPathTooLong(path: String, limitBytes: Int)
    /// Another command kept the lock too long.
    case lockTimedOut(path: String, limitSeconds: Int)
    /// `initdb` failed.
    case initialisationFailed(cluster: String, reason: String)
    /// The server did not start.
    case startFailed(reason: String, log: String)
    /// The server is recovering or starting and did not become ready in time.
    case notReadyInTime(log: String, limitSeconds: Int)
    /// The server did not stop in time.
    case stopTimedOut(processID: Int32, limitSeconds: Int)
    /// The operating system does not know the user.
    case userUnknown(name: String)
    /// No program is installed with which root can act as another user.
    case userChangeImpossible(user: String)
    /// A call of the operating system failed.
    case systemCallFailed(call: String, subject: String, reason: String)
    /// A program did not end in time and was stopped.
    case programTimedOut(program: String, limitSeconds: Int)
    /// `DATABASE_URL` is not the address of a PostgreSQL database.
    case databaseAddressInvalid(reason: String)

    /// The greppable code, for instance `HALE-DB-001`.
    package var code: String {
        let number =
            switch self {
            case .programsAbsent: "001"
            case .matchingProgramsAbsent: "002"
            case .workspaceNotWritable: "003"
            case .halfInitialised: "004"
            case .foreignCluster: "005"
            case .clusterLost: "006"
            case .clusterOfAnotherWorkspace: "007"
            case .pointerUnreadable: "008"
            case .socketDirectoryForeign: "009"
            case .socketDirectoryNotADirectory: "010"
            case .socketPathTooLong: "011"
            case .lockTimedOut: "012"
            case .initialisationFailed: "013"
            case .startFailed: "014"
            case .notReadyInTime: "015"
            case .stopTimedOut: "016"
            case .userUnknown: "017"
            case .userChangeImpossible: "018"
            case .systemCallFailed: "019"
            case .programTimedOut: "020"
            case .databaseAddressInvalid: "021"
            case .workspacePathUnusable: "022"
            case .clientAbsent: "023"
            }
        return "HALE-DB-\(number)"
    }
}

extension ServerError: CustomStringConvertible {
    /// One line: the code, what is wrong, and what to do.
    package var description: String { "\(code): \(problem); \(advice)" }

    /// What is wrong, without code and advice.
    package var problem: String {
        switch self {
        case .programsAbsent(let oldest, let found):
            found.isEmpty
                ? "no PostgreSQL server programs were found (version \(oldest) or newer is needed)"
                : "PostgreSQL \(oldest) or newer is needed, found \(found.map(String.init).joined(separator: ", "))"
        case .matchingProgramsAbsent(let cluster, let version):
            "the database in \(cluster) was made by PostgreSQL \(version), which is not installed"
        case .workspaceNotWritable(let path, let reason): "the workspace \(path) cannot be written: \(reason)"
        case .clientAbsent(let program): "\(program) was not found"
        case .workspacePathUnusable(let path, let reason): "the workspace \(path) cannot be used: \(reason)"
        case .halfInitialised(let cluster, let missing): "the data directory \(cluster) is not complete (no \(missing))"
        case .foreignCluster(let cluster, let owner): "the database in \(cluster) belongs to the user \(owner)"
        case .clusterLost(let cluster, let pointer): "the database \(cluster) named by \(pointer) is gone"
        case .clusterOfAnotherWorkspace(let cluster, _, let workspace):
            "the database \(cluster) belongs to the workspace \(workspace), of which this one is a copy"
        case .pointerUnreadable(let pointer): "\(pointer) does not name a database of Hale"
        case .socketDirectoryForeign(let path, let owner): "the socket directory \(path) belongs to the user \(owner)"
        case .socketDirectoryNotADirectory(let path): "the socket directory \(path) is not a directory"
        case .socketPathTooLong(let path, let limit): "the socket path \(path) has more than \(limit) bytes"
        case .lockTimedOut(let path, let limit): "another command has held \(path) for more than \(limit) s"
        case .initialisationFailed(let cluster, let reason): "initdb could not make \(cluster): \(reason)"
        case .startFailed(let reason, _): "the private server did not start: \(reason)"
        case .notReadyInTime(_, let limit): "the private server is still starting after \(limit) s"
        case .stopTimedOut(let processID, let limit):
            "the private server (process \(processID)) still runs after \(limit) s"
        case .userUnknown(let name): "the user \(name) is not known to this system"
        case .userChangeImpossible(let user): "neither setpriv nor runuser was found, with which root acts as \(user)"
        case .systemCallFailed(let call, let subject, let reason): "\(call) failed for \(subject): \(reason)"
        case .programTimedOut(let program, let limit): "\(program) did not end within \(limit) s and was stopped"
        case .databaseAddressInvalid(let reason): "DATABASE_URL cannot be used: \(reason)"
        }
    }

    /// What to do about it.
    package var advice: String {
        switch self {
        case .programsAbsent: "run scripts/setup, or set DATABASE_URL to a server of your own"
        case .matchingProgramsAbsent(_, let version): "install postgresql-\(version)"
        case .workspaceNotWritable: "choose another directory, or set HALE_HOME to one you can write"
        case .clientAbsent: "install PostgreSQL's client programs (postgresql-client)"
        case .workspacePathUnusable: "choose another directory, or set HALE_HOME to one with a plain name"
        case .halfInitialised(let cluster, _):
            "if it holds nothing you need, delete \(cluster) and run the command again"
        case .foreignCluster(_, let owner): "run the command as \(owner), or set HALE_HOME to another directory"
        case .clusterLost(_, let pointer), .pointerUnreadable(let pointer):
            "restore it, or delete \(pointer) to begin with an empty database"
        case .clusterOfAnotherWorkspace(_, let pointer, _): "delete \(pointer) to give this copy an empty database"
        case .socketDirectoryForeign(let path, _), .socketDirectoryNotADirectory(let path):
            "have \(path) removed and run the command again"
        case .socketPathTooLong: "use a shorter directory"
        case .lockTimedOut: "wait for the other command to end, then try again"
        case .initialisationFailed: "remove the cause and run the command again; nothing was left half-made"
        case .startFailed(_, let log): "see \(log), then run `hale doctor`"
        case .notReadyInTime(let log, _): "wait and try again; \(log) shows what it is doing"
        case .stopTimedOut: "end the sessions that are still connected, then try again"
        case .userUnknown:
            "add it to /etc/passwd (installing PostgreSQL makes the user postgres), or run as another user"
        case .userChangeImpossible: "install util-linux, or run as an ordinary user"
        case .systemCallFailed, .programTimedOut: "run `hale doctor` for the state of the private server"
        case .databaseAddressInvalid: "write postgresql://user@host/database, or unset it for the private server"
        }
    }
}
