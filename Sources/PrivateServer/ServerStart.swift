import FoundationEssentials

/// Starts the server of a complete cluster. The caller holds the workspace's lock and has seen that it does not run.
struct ServerStart {
    let layout: ServerLayout
    let options: ServerOptions

    /// Starts the server and waits until it accepts connections.
    func run(version: Int) throws(ServerError) {
        let programs = try ServerPrograms.choose(clusterVersion: version, cluster: layout.clusterDirectory)
        try SocketDirectory.prepare(layout)
        let crashed = OperatingSystem.status(ofPath: layout.postmasterPath) != nil
        try removeStaleLock(layout.postmasterPath)
        try removeStaleLock(layout.socketLockPath)
        try ClusterConfiguration(layout: layout, durability: options.durability).write(into: layout.clusterDirectory)
        // After a crash the last processes of the old server may take a moment to end, and forbid a new one until then.
        let attempts = crashed ? PrivateServer.startAttemptsLimit : 1
        for attempt in 1...attempts {
            guard let ending = try start(programs) else { return }
            // A start that another, killed command began is as good.
            if let postmaster = Postmaster.read(layout.postmasterPath), isOurs(postmaster) { return }
            if attempt == attempts { throw failure(ending) }
            OperatingSystem.pause(milliseconds: 200)
        }
    }

    /// Starts `postgres` itself: `pg_ctl` would hand the path of the cluster to a shell. Returns nil once connections are
    /// accepted or the time is over, else how the server ended.
    private func start(_ programs: ServerPrograms) throws(ServerError) -> ProgramResult.Ending? {
        let call = try layout.asServerUser(
            programs.path("postgres"), ["-D", layout.clusterDirectory], limitSeconds: options.startLimitSeconds)
        let processID = try OperatingSystem.startServer(call, output: layout.startLogPath, owner: layout.serverUser)
        let deadline = ContinuousClock.now + .seconds(options.startLimitSeconds)
        while ContinuousClock.now < deadline {
            if let postmaster = Postmaster.read(layout.postmasterPath), postmaster.phase == .ready, isOurs(postmaster) {
                return nil
            }
            if let ending = OperatingSystem.ending(ofServer: processID) { return ending }
            OperatingSystem.pause(milliseconds: 10)
        }
        return nil
    }

    /// PostgreSQL believes a lock file as long as any process has its number. Here that process was seen to be no
    /// server, or to have ended without being collected by its parent, as happens in containers. Where there is no
    /// such process, PostgreSQL knows best how to clean up.
    private func removeStaleLock(_ path: String) throws(ServerError) {
        guard let holder = Postmaster.read(path), !isOurs(holder),
            OperatingSystem.status(ofPath: "/proc/\(holder.processID)") != nil
        else { return }
        try OperatingSystem.deleteFile(path)
    }

    private func isOurs(_ postmaster: Postmaster) -> Bool {
        ServerProcess.inspect(postmaster.processID, cluster: layout.clusterDirectory) == .ours
    }

    private func failure(_ ending: ProgramResult.Ending) -> ServerError {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: layout.logDirectory)) ?? []
        let newestFirst = names.compactMap { name -> (path: String, modified: Int64)? in
            let path = "\(layout.logDirectory)/\(name)"
            return OperatingSystem.status(ofPath: path).map { (path, $0.modifiedSeconds) }
        }.sorted { $0.modified > $1.modified }.map(\.path)
        // What the server says before its own log is open is the reason most starts fail for.
        for path in [layout.startLogPath] + newestFirst.prefix(1) {
            guard let content = FileManager.default.contents(atPath: path) else { continue }
            let lines = String(decoding: content.suffix(8192), as: UTF8.self).split(separator: "\n").map(String.init)
            if let line = LogLine.last(of: lines) { return .startFailed(reason: line, log: path) }
        }
        return .startFailed(reason: ending.text, log: newestFirst.first ?? layout.logDirectory)
    }
}
