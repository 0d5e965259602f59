import FoundationEssentials

/// Where the cluster and socket of a workspace lie, and which user the server runs as.
package struct ServerLayout: Equatable, Sendable {
    /// PostgreSQL refuses to run as root, so root hands its clusters to the user `postgres`.
    package enum Operator: Equatable, Sendable {
        /// The server runs as the user of this process.
        case ordinary(SystemUser)
        /// This process is root; the server runs as this other user.
        case privileged(serverUser: SystemUser)
    }

    /// Name of the user that runs the server when this process is root.
    static let serverUserName = "postgres"
    /// A socket's address has 108 bytes, the last of which ends it.
    static let socketPathLimitBytes = 107
    /// The port is part of the socket's name; with one directory a server it is always this one.
    static let port = 5432

    /// Who runs the server.
    package let serverOperator: Operator
    /// The data directory.
    package let clusterDirectory: String
    /// Directory of the socket: the `host` of a connection.
    package let socketDirectory: String

    /// The user that owns cluster and socket.
    var serverUser: SystemUser {
        switch serverOperator {
        case .ordinary(let user), .privileged(let user): user
        }
    }

    /// Path of the socket itself.
    var socketPath: String { "\(socketDirectory)/.s.PGSQL.\(Self.port)" }
    /// File in which PostgreSQL notes who owns the socket.
    var socketLockPath: String { socketPath + ".lock" }
    /// File in which PostgreSQL notes the running server.
    var postmasterPath: String { "\(clusterDirectory)/postmaster.pid" }
    /// File that says the cluster is complete and names its workspace.
    var markerPath: String { "\(clusterDirectory)/\(Self.markerName)" }
    /// Directory of the server's logs.
    var logDirectory: String { "\(clusterDirectory)/log" }
    /// Output of the server before its own log is open.
    var startLogPath: String { "\(logDirectory)/start.log" }

    /// How many workspaces that were moved away from one path may keep their clusters.
    private static let placesLimit = 9
    static let markerName = "hale.cluster"

    /// Finds the places; throws when the workspace's cluster belongs to another user, is gone or is another
    /// workspace's.
    package static func resolve(_ workspace: Workspace, _ options: ServerOptions) throws(ServerError) -> ServerLayout {
        let userID = OperatingSystem.effectiveUserID
        let ordinaryCluster = "\(workspace.path)/postgres"
        let pointed = try pointedCluster(workspace, options)
        let serverOperator: Operator
        let cluster: String
        let digits: String
        if userID == 0 {
            if let owner = OperatingSystem.status(ofPath: ordinaryCluster, followingLinks: true)?.ownerID {
                throw .foreignCluster(cluster: ordinaryCluster, owner: name(of: owner))
            }
            guard let serverUser = OperatingSystem.user(named: serverUserName) else {
                throw .userUnknown(name: serverUserName)
            }
            serverOperator = .privileged(serverUser: serverUser)
            cluster = pointed ?? newPrivilegedCluster(workspace, options)
            // A moved workspace keeps its cluster, and with it the running server's socket.
            digits = String(cluster.split(separator: "/").last ?? "")
        } else {
            if let pointed { throw .foreignCluster(cluster: pointed, owner: "root") }
            // PostgreSQL looks its own user up and cannot do without a name.
            guard let user = OperatingSystem.user(numbered: userID) else {
                throw .userUnknown(name: "number \(userID)")
            }
            if let owner = OperatingSystem.status(ofPath: ordinaryCluster, followingLinks: true)?.ownerID,
                owner != userID
            {
                throw .foreignCluster(cluster: ordinaryCluster, owner: name(of: owner))
            }
            serverOperator = .ordinary(user)
            cluster = ordinaryCluster
            digits = workspace.digits
        }
        let layout = ServerLayout(
            serverOperator: serverOperator, clusterDirectory: cluster,
            socketDirectory: "\(options.socketParent)/hale-\(userID)-\(digits)")
        try checkNames(workspace, cluster: cluster)
        guard layout.socketPath.utf8.count <= socketPathLimitBytes else {
            throw .socketPathTooLong(path: layout.socketPath, limitBytes: socketPathLimitBytes)
        }
        return layout
    }

    /// PostgreSQL keeps paths of 1,023 bytes; its files lie up to this much deeper than the cluster.
    static let clusterPathLimitBytes = 900

    /// Refuses a path that would be misread: PostgreSQL notes that of its cluster as a line of a file, and Hale those of
    /// workspaces. Quotes, blanks, `$` and letters of all languages are in order.
    private static func checkNames(_ workspace: Workspace, cluster: String) throws(ServerError) {
        let path = workspace.path
        func refusal(_ reason: String) -> ServerError {
            let shown = path.unicodeScalars.map { isControl($0) ? $0.escaped(asASCII: true) : String($0) }.joined()
            return .workspacePathUnusable(path: shown, reason: reason)
        }
        for part in [path, cluster] {
            guard !part.unicodeScalars.contains(where: isControl) else {
                throw refusal("its path holds a line break or another control character")
            }
            // What a path that is not UTF-8 became when it was read: it would name another directory.
            guard !part.unicodeScalars.contains("\u{FFFD}") else { throw refusal("its path is not UTF-8") }
        }
        guard cluster.utf8.count <= clusterPathLimitBytes else {
            throw refusal("the path of its database has more than \(clusterPathLimitBytes) bytes")
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || scalar.value == 0x7F }

    /// The cluster that root's pointer file names; nil without such a file.
    private static func pointedCluster(
        _ workspace: Workspace, _ options: ServerOptions
    ) throws(ServerError) -> String? {
        guard let path = pointer(in: workspace.pointerPath) else {
            guard let status = OperatingSystem.status(ofPath: workspace.pointerPath) else { return nil }
            // It is there and cannot be read: to begin anew would leave the database it names behind.
            guard status.ownerID == OperatingSystem.effectiveUserID else {
                throw .foreignCluster(cluster: workspace.path, owner: name(of: status.ownerID))
            }
            throw .pointerUnreadable(pointer: workspace.pointerPath)
        }
        let prefix = options.privilegedClusterParent + "/"
        let digits = path.dropFirst(prefix.count)
        // Root acts on this path, so it may name nothing else.
        guard path.hasPrefix(prefix), digits.count == 12, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            throw .pointerUnreadable(pointer: workspace.pointerPath)
        }
        guard OperatingSystem.effectiveUserID == 0 else { return path }
        guard OperatingSystem.status(ofPath: path) != nil else {
            throw .clusterLost(cluster: path, pointer: workspace.pointerPath)
        }
        if let owner = ClusterState.workspace(ofCluster: path), owner != workspace.path,
            pointer(in: "\(owner)/cluster") == path
        {
            throw .clusterOfAnotherWorkspace(cluster: path, pointer: workspace.pointerPath, workspace: owner)
        }
        return path
    }

    /// The place of a new cluster of root: named by the workspace's path, unless a workspace that was moved away from
    /// that path still uses it.
    private static func newPrivilegedCluster(_ workspace: Workspace, _ options: ServerOptions) -> String {
        let places = (1...placesLimit).map { number in
            let text = number == 1 ? workspace.path : "\(workspace.path)#\(number)"
            return "\(options.privilegedClusterParent)/\(Workspace.digits(of: text))"
        }
        let free = places.first { place in
            guard let owner = ClusterState.workspace(ofCluster: place), owner != workspace.path else { return true }
            return pointer(in: "\(owner)/cluster") != place
        }
        return free ?? places[0]
    }

    /// Writes the workspace's path into root's cluster after the workspace was moved.
    func claim(for workspace: Workspace) throws(ServerError) {
        guard case .privileged(let user) = serverOperator,
            let owner = ClusterState.workspace(ofCluster: clusterDirectory), owner != workspace.path
        else { return }
        try OperatingSystem.replaceFile(markerPath, with: workspace.path + "\n", permissions: 0o600, owner: user)
    }

    private static func pointer(in file: String) -> String? {
        guard let content = FileManager.default.contents(atPath: file) else { return nil }
        return String(decoding: content, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
    }

    /// Name of a user, or its number when it has none.
    static func name(of userID: UInt32) -> String {
        OperatingSystem.user(numbered: userID)?.name ?? "number \(userID)"
    }
}
