import FoundationEssentials

/// Makes a cluster in a directory beside its final place and renames it when it is complete, so that an `initdb` that
/// was killed leaves nothing half-made. The caller holds the workspace's lock.
struct ClusterInitialisation {
    let workspace: Workspace
    let layout: ServerLayout
    let options: ServerOptions

    /// Makes the cluster.
    func run() throws(ServerError) {
        let programs = try ServerPrograms.choose(clusterVersion: nil, cluster: layout.clusterDirectory)
        try prepareParent()
        try removeDrafts()
        let draft = "\(layout.clusterDirectory).new-\(OperatingSystem.processID)"
        do throws(ServerError) {
            try fill(draft, programs)
            if case .privileged = layout.serverOperator {
                let pointer = layout.clusterDirectory + "\n"
                try OperatingSystem.replaceFile(workspace.pointerPath, with: pointer, permissions: 0o600)
            }
            try OperatingSystem.move(draft, to: layout.clusterDirectory)
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            if case .systemCallFailed = error {
                throw .initialisationFailed(cluster: layout.clusterDirectory, reason: error.problem)
            }
            throw error
        }
    }

    private func fill(_ draft: String, _ programs: ServerPrograms) throws(ServerError) {
        _ = try OperatingSystem.makeDirectory(draft, permissions: 0o700)
        try OperatingSystem.setOwner(draft, layout.serverUser)
        // Text sorts by code point, whatever libraries the machine has, and letters of all languages have upper case.
        var arguments = [
            "--pgdata", draft, "--username", DatabaseRole.superuser.rawValue, "--auth-local", "peer", "--auth-host",
            "reject", "--encoding", "UTF8", "--locale", "C", "--lc-ctype", "C.UTF-8", "--data-checksums",
            "--no-instructions",
        ]
        if options.durability == .none { arguments.append("--no-sync") }
        let result = try OperatingSystem.run(
            layout.asServerUser(
                programs.path("initdb"), arguments, limitSeconds: options.initialisationLimitSeconds))
        guard result.succeeded else {
            throw .initialisationFailed(cluster: layout.clusterDirectory, reason: result.reason)
        }
        try includeSettings(in: "\(draft)/postgresql.conf")
        try ClusterConfiguration(layout: layout, durability: options.durability).write(into: draft)
        _ = try OperatingSystem.makeDirectory("\(draft)/log", permissions: 0o700)
        try OperatingSystem.setOwner("\(draft)/log", layout.serverUser)
        try OperatingSystem.replaceFile(
            "\(draft)/\(ServerLayout.markerName)", with: workspace.path + "\n", permissions: 0o600,
            owner: layout.serverUser)
    }

    private func includeSettings(in file: String) throws(ServerError) {
        guard let content = FileManager.default.contents(atPath: file) else {
            throw .initialisationFailed(cluster: layout.clusterDirectory, reason: "initdb wrote no postgresql.conf")
        }
        let text = String(decoding: content, as: UTF8.self)
        try OperatingSystem.replaceFile(
            file, with: text + "\ninclude '\(ClusterConfiguration.settingsName)'\n", permissions: 0o600,
            owner: layout.serverUser)
    }

    /// Root's clusters lie in a directory that only root can write but everybody may enter.
    private func prepareParent() throws(ServerError) {
        guard case .privileged = layout.serverOperator else { return }
        let parent = options.privilegedClusterParent
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw .initialisationFailed(cluster: layout.clusterDirectory, reason: "\(parent) cannot be made")
        }
        try OperatingSystem.setPermissions(parent, 0o755)
    }

    /// Removes what killed initialisations left; the lock says that none of them is running.
    private func removeDrafts() throws(ServerError) {
        let parts = layout.clusterDirectory.split(separator: "/")
        let parent = parts.dropLast().map { "/" + $0 }.joined()
        let prefix = "\(parts.last ?? "").new-"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            do {
                try FileManager.default.removeItem(atPath: "\(parent)/\(name)")
            } catch {
                throw .initialisationFailed(
                    cluster: layout.clusterDirectory, reason: "the leftover \(parent)/\(name) cannot be removed")
            }
        }
    }
}

extension ServerLayout {
    /// A call of one of PostgreSQL's programs as the user that runs the server, with an environment of its own: the
    /// server outlives the command, so it must not keep the command's secrets or obey its `PG…` variables.
    func asServerUser(
        _ program: String, _ arguments: [String], limitSeconds: Int
    ) throws(ServerError) -> ProgramCall {
        let call = ProgramCall(
            program, arguments,
            environment: .only(["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "TZ": "UTC"]),
            limitSeconds: limitSeconds)
        return switch serverOperator {
        case .ordinary: call.inRootDirectory()
        case .privileged(let user): try call.asUser(user.name).inRootDirectory()
        }
    }
}
