import FoundationEssentials

/// What PostgreSQL notes about a running server in `postmaster.pid`, line by line.
struct Postmaster: Equatable {
    /// How far the server has come.
    enum Phase: Equatable {
        case starting
        case ready
        case stopping
    }

    var processID: Int32
    var dataDirectory: String
    var startedSeconds: Int64
    var socketDirectory: String
    var phase: Phase

    /// Whether the data directory has another path by now than when the server started. Such a server writes its last
    /// checkpoint to the old path, where another cluster may stand by then: it must be ended at once, without saving,
    /// which costs a recovery at the next start and no data.
    func wasMoved(from cluster: String) -> Bool {
        guard let old = OperatingSystem.status(ofPath: dataDirectory, followingLinks: true),
            let now = OperatingSystem.status(ofPath: cluster, followingLinks: true)
        else { return true }
        return old.device != now.device || old.inode != now.inode
    }

    /// Reads the file; nil when it is absent or does not begin with a process.
    static func read(_ path: String) -> Postmaster? {
        guard let content = FileManager.default.contents(atPath: path) else { return nil }
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, let processID = Int32(first.filter { $0 != " " }), processID > 1 else {
            return nil
        }
        // Lines: process, data directory, start time, port, socket directory, address, shared memory, phase.
        let phase: Phase =
            switch lines.count > 7 ? lines[7].filter({ $0 != " " }) : "" {
            case "ready", "standby": .ready
            case "stopping": .stopping
            default: .starting
            }
        return Postmaster(
            processID: processID, dataDirectory: lines.count > 1 ? String(lines[1]) : "",
            startedSeconds: lines.count > 2 ? Int64(lines[2]) ?? 0 : 0,
            socketDirectory: lines.count > 4 ? String(lines[4]) : "", phase: phase)
    }
}

/// Whether a process is a PostgreSQL server, and of which data directory.
enum ServerProcess: Equatable {
    /// No such process, or one that has ended and was not yet collected by its parent.
    case gone
    /// A process that is no PostgreSQL server: its number was used again.
    case unrelated
    /// The server of the data directory that was asked about.
    case ours
    /// A server of another data directory; `removed` when that was deleted.
    case other(removed: Bool)

    /// Looks at a process.
    static func inspect(_ processID: Int32, cluster: String) -> ServerProcess {
        guard let content = FileManager.default.contents(atPath: "/proc/\(processID)/stat") else { return .gone }
        let text = String(decoding: content, as: UTF8.self)
        // The name stands in parentheses and may contain any character; the state follows the last one.
        guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")") else { return .gone }
        if let state = text[close...].dropFirst(2).first, "ZXx".contains(state) { return .gone }
        guard ["postgres", "postmaster"].contains(text[text.index(after: open)..<close]) else { return .unrelated }
        guard let home = OperatingSystem.status(ofPath: "/proc/\(processID)/cwd", followingLinks: true) else {
            // Not allowed to look closer, so the name has to do.
            return .ours
        }
        let directory = OperatingSystem.status(ofPath: cluster, followingLinks: true)
        if let directory, directory.device == home.device, directory.inode == home.inode { return .ours }
        return .other(removed: home.links == 0)
    }

    /// Whether the process has ended; waits up to the limit.
    static func waitUntilGone(_ processID: Int32, limitSeconds: Int) -> Bool {
        let deadline = ContinuousClock.now + .seconds(limitSeconds)
        while inspect(processID, cluster: "") != .gone {
            guard ContinuousClock.now < deadline else { return false }
            OperatingSystem.pause(milliseconds: 5)
        }
        return true
    }
}
