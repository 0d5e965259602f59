import FoundationEssentials

/// What the data directory holds.
enum ClusterState: Equatable {
    /// There is nothing yet.
    case absent
    /// Something is there, but not all of it; `missing` names the first part that is not.
    case halfInitialised(missing: String)
    /// A complete cluster of this major version.
    case complete(version: Int)

    /// Looks at a data directory.
    static func inspect(_ cluster: String) -> ClusterState {
        guard let status = OperatingSystem.status(ofPath: cluster, followingLinks: true) else { return .absent }
        guard status.kind == .directory else { return .halfInitialised(missing: "directory of that name") }
        // An empty directory loses nothing when a finished cluster is renamed over it.
        if (try? FileManager.default.contentsOfDirectory(atPath: cluster))?.isEmpty == true { return .absent }
        for part in ["PG_VERSION", "global/pg_control", ServerLayout.markerName]
        where OperatingSystem.status(ofPath: "\(cluster)/\(part)") == nil {
            return .halfInitialised(missing: part)
        }
        guard let text = firstLine(of: "\(cluster)/PG_VERSION"), let version = Int(text) else {
            return .halfInitialised(missing: "version in PG_VERSION")
        }
        return .complete(version: version)
    }

    /// The workspace that a cluster's marker names.
    static func workspace(ofCluster cluster: String) -> String? {
        firstLine(of: "\(cluster)/\(ServerLayout.markerName)")
    }

    private static func firstLine(of path: String) -> String? {
        guard let content = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: content, as: UTF8.self).split(separator: "\n").first.map(String.init)
    }
}
