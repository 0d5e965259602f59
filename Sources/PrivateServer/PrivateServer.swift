/// The PostgreSQL server that belongs to a workspace: made and started on demand, listening on a Unix socket only.
/// All functions wait for the work they start; none needs to be called twice.
package struct PrivateServer: Sendable {
    /// The workspace it belongs to.
    package let workspace: Workspace
    /// Limits and places.
    package let options: ServerOptions

    /// How often `ensureRunning` looks at the state and acts on it before it gives up.
    static let stepsLimit = 8
    /// How often a start is tried while processes of a killed server are still ending.
    static let startAttemptsLimit = 5

    /// The server of a workspace; nothing happens yet.
    package init(workspace: Workspace, options: ServerOptions = .standard) {
        self.workspace = workspace
        self.options = options
    }

    /// Looks at the server without changing anything.
    package func status() -> ServerStatus {
        do throws(ServerError) {
            return status(try ServerLayout.resolve(workspace, options))
        } catch {
            return .foreign(error)
        }
    }

    /// Returns the running server; makes the cluster and starts it where needed. A server that answers costs no more
    /// than a few small reads. Of several commands at once one does the work and the others wait for it.
    package func ensureRunning(
        reporting: (ServerEvent) -> Void = { _ in }
    ) throws(ServerError) -> RunningServer {
        let layout = try ServerLayout.resolve(workspace, options)
        try SocketDirectory.verify(layout)
        try layout.claim(for: workspace)
        if case .running(let server) = status(layout) { return server }
        try workspace.create()
        let lock = try takeLock(reporting)
        defer { withExtendedLifetime(lock) {} }
        for _ in 0..<Self.stepsLimit {
            // Another command may have changed everything while this one waited.
            let layout = try ServerLayout.resolve(workspace, options)
            switch status(layout) {
            case .running(let server):
                return server
            case .starting(let processID):
                try waitUntilReady(layout, processID)
            case .stopping(let processID):
                guard ServerProcess.waitUntilGone(processID, limitSeconds: options.stopLimitSeconds) else {
                    throw .stopTimedOut(processID: processID, limitSeconds: options.stopLimitSeconds)
                }
            case .unreachable(let processID, let reason):
                reporting(.stopping(processID: processID, reason: reason))
                try ServerStop(layout: layout, options: options).stop(processID)
            case .stopped(let version):
                reporting(.starting(cluster: layout.clusterDirectory))
                try ServerStop(layout: layout, options: options).stopStranded(reporting)
                try ServerStart(layout: layout, options: options).run(version: version)
            case .absent:
                if let kept = try orphan(layout).setAside() { reporting(.keptOldCluster(path: kept)) }
                try ServerStop(layout: layout, options: options).stopStranded(reporting)
                reporting(.initialising(cluster: layout.clusterDirectory))
                try ClusterInitialisation(workspace: workspace, layout: layout, options: options).run()
            case .halfInitialised(let cluster, let missing):
                throw .halfInitialised(cluster: cluster, missing: missing)
            case .foreign(let error):
                throw error
            }
        }
        throw .startFailed(reason: "its state kept changing", log: layout.logDirectory)
    }

    /// Stops the server and waits until it has ended; false when none was running. Sessions are ended, transactions
    /// in progress are rolled back.
    package func stop(reporting: (ServerEvent) -> Void = { _ in }) throws(ServerError) -> Bool {
        let layout = try ServerLayout.resolve(workspace, options)
        guard OperatingSystem.status(ofPath: workspace.path) != nil else {
            // The workspace was deleted; the server that root started for it may still run.
            return try orphan(layout).stop()
        }
        guard OperatingSystem.isWritable(workspace.path) else {
            throw .workspaceNotWritable(path: workspace.path, reason: "permission denied")
        }
        let lock = try takeLock(reporting)
        defer { withExtendedLifetime(lock) {} }
        switch status(layout) {
        case .running(let server):
            try ServerStop(layout: layout, options: options).stop(server.processID)
        case .starting(let processID), .stopping(let processID), .unreachable(let processID, _):
            try ServerStop(layout: layout, options: options).stop(processID)
        case .stopped, .absent, .halfInitialised:
            return false
        case .foreign(let error):
            throw error
        }
        return true
    }

    /// The state of the server at these places.
    func status(_ layout: ServerLayout) -> ServerStatus {
        if orphan(layout).exists { return .absent }
        let version: Int
        switch ClusterState.inspect(layout.clusterDirectory) {
        case .absent: return .absent
        case .halfInitialised(let missing):
            return .halfInitialised(cluster: layout.clusterDirectory, missing: missing)
        case .complete(let found): version = found
        }
        guard let postmaster = Postmaster.read(layout.postmasterPath),
            ServerProcess.inspect(postmaster.processID, cluster: layout.clusterDirectory) == .ours
        else { return .stopped(version: version) }
        let processID = postmaster.processID
        switch postmaster.phase {
        case .starting: return .starting(processID: processID)
        case .stopping: return .stopping(processID: processID)
        case .ready: break
        }
        guard postmaster.socketDirectory == layout.socketDirectory else {
            return .unreachable(processID: processID, reason: "it listens in \(postmaster.socketDirectory)")
        }
        switch OperatingSystem.connects(toSocket: layout.socketPath) {
        case .listening: break
        case .absent: return .unreachable(processID: processID, reason: "its socket is gone")
        case .refused: return .unreachable(processID: processID, reason: "its socket is dead")
        case .failed(let reason): return .unreachable(processID: processID, reason: reason)
        }
        return .running(
            RunningServer(
                processID: processID, version: version, startedSeconds: postmaster.startedSeconds,
                socketDirectory: layout.socketDirectory, clusterDirectory: layout.clusterDirectory))
    }

    private func orphan(_ layout: ServerLayout) -> OrphanedCluster {
        OrphanedCluster(workspace: workspace, layout: layout, options: options)
    }

    private func takeLock(_ reporting: (ServerEvent) -> Void) throws(ServerError) -> FileLock {
        let lock = try OperatingSystem.lock(workspace.lockPath, limitSeconds: options.lockLimitSeconds) {
            reporting(.waiting(processID: $0))
        }
        guard let lock else {
            throw .lockTimedOut(path: workspace.lockPath, limitSeconds: options.lockLimitSeconds)
        }
        return lock
    }

    private func waitUntilReady(_ layout: ServerLayout, _ processID: Int32) throws(ServerError) {
        let deadline = ContinuousClock.now + .seconds(options.startLimitSeconds)
        while status(layout) == .starting(processID: processID) {
            guard ContinuousClock.now < deadline else {
                throw .notReadyInTime(log: layout.logDirectory, limitSeconds: options.startLimitSeconds)
            }
            OperatingSystem.pause(milliseconds: 20)
        }
    }
}
