import Glibc

/// Ends a server process that was checked to be Hale's own. The caller holds the workspace's lock.
struct ServerStop {
    let layout: ServerLayout
    let options: ServerOptions

    /// Ends the server of the cluster and waits until its process has gone. Its sessions are ended; what they committed
    /// is safe.
    func stop(_ processID: Int32) throws(ServerError) {
        let wasMoved = Postmaster.read(layout.postmasterPath)?.wasMoved(from: layout.clusterDirectory) ?? true
        try end(processID, signal: wasMoved ? SIGQUIT : SIGINT)
        OperatingSystem.deleteEmptyDirectory(layout.socketDirectory)
    }

    /// Ends a server that still holds the socket although its workspace was moved or deleted while it ran. This must
    /// happen before a new cluster stands at the old path, because such a server still writes there.
    func stopStranded(_ reporting: (ServerEvent) -> Void) throws(ServerError) {
        guard let holder = Postmaster.read(layout.socketLockPath) else { return }
        guard case .other(let removed) = ServerProcess.inspect(holder.processID, cluster: layout.clusterDirectory)
        else {
            return
        }
        let reason = removed ? "its data was deleted" : "its workspace was moved"
        reporting(.stopping(processID: holder.processID, reason: reason))
        try end(holder.processID, signal: SIGQUIT)
    }

    private func end(_ processID: Int32, signal: Int32) throws(ServerError) {
        _ = OperatingSystem.send(signal: signal, to: processID)
        guard ServerProcess.waitUntilGone(processID, limitSeconds: options.stopLimitSeconds) else {
            throw .stopTimedOut(processID: processID, limitSeconds: options.stopLimitSeconds)
        }
        OperatingSystem.collectEnded()
    }
}
