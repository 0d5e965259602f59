import FoundationEssentials

/// Root's clusters lie outside the workspace, so deleting a workspace leaves its cluster behind. A new workspace at
/// the same path begins empty, as it does for everybody else; the old cluster is kept once, in case the deletion was
/// a mistake.
struct OrphanedCluster {
    let workspace: Workspace
    let layout: ServerLayout
    let options: ServerOptions

    /// Whether a cluster stands at the workspace's place although the workspace does not know it.
    var exists: Bool {
        guard case .privileged = layout.serverOperator else { return false }
        return OperatingSystem.status(ofPath: workspace.pointerPath) == nil
            && OperatingSystem.status(ofPath: layout.clusterDirectory) != nil
    }

    /// Ends the server that still runs on such a cluster; false when there is none.
    func stop() throws(ServerError) -> Bool {
        guard exists, let postmaster = Postmaster.read(layout.postmasterPath),
            ServerProcess.inspect(postmaster.processID, cluster: layout.clusterDirectory) == .ours
        else { return false }
        try ServerStop(layout: layout, options: options).stop(postmaster.processID)
        return true
    }

    /// Moves the cluster aside, ending its server; returns its new path, nil when there was nothing to do.
    func setAside() throws(ServerError) -> String? {
        guard exists else { return nil }
        _ = try stop()
        let kept = "\(layout.clusterDirectory).previous"
        if OperatingSystem.status(ofPath: kept) != nil {
            do {
                try FileManager.default.removeItem(atPath: kept)
            } catch {
                throw .initialisationFailed(
                    cluster: layout.clusterDirectory, reason: "the older \(kept) cannot be removed")
            }
        }
        try OperatingSystem.move(layout.clusterDirectory, to: kept)
        return kept
    }
}
