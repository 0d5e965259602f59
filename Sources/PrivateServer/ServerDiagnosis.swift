import FoundationEssentials

/// One thing that `hale doctor` looked at.
package struct DiagnosisCheck: Equatable, Sendable {
    /// How a check came out.
    package enum Outcome: String, Equatable, Sendable {
        /// In order.
        case ok
        /// It works, but deserves attention.
        case warning
        /// It does not work.
        case problem
    }

    /// What was looked at, for instance `socket directory`.
    package var name: String
    /// How it came out.
    package var outcome: Outcome
    /// What was found.
    package var text: String
    /// What to do; nil when all is in order.
    package var advice: String?

    /// A check's result.
    package init(name: String, outcome: Outcome, text: String, advice: String? = nil) {
        self.name = name
        self.outcome = outcome
        self.text = text
        self.advice = advice
    }

    init(name: String, error: ServerError) {
        self.init(name: name, outcome: .problem, text: "\(error.code): \(error.problem)", advice: error.advice)
    }
}

/// What is wrong with the database of a workspace. Nothing is changed, and no server is started or connected to but the
/// private one's socket.
package struct ServerDiagnosis: Equatable, Sendable {
    /// Less free space than this is a warning.
    package static let lowSpaceBytes: UInt64 = 2_000_000_000
    /// With less free space than this PostgreSQL is about to stop.
    package static let noSpaceBytes: UInt64 = 200_000_000

    /// The checks, in the order in which to read them.
    package let checks: [DiagnosisCheck]

    /// Looks at everything that concerns the database in use; a server that is not Hale's own is only named.
    package static func examine(
        _ location: DatabaseLocation, options: ServerOptions = .standard
    ) -> ServerDiagnosis {
        let used = DiagnosisCheck(name: "database in use", outcome: .ok, text: location.description)
        guard case .privateServer(let workspace) = location else { return ServerDiagnosis(checks: [used]) }
        let server = PrivateServer(workspace: workspace, options: options)
        let status = server.status()
        var checks = [used, programs(status), writable(workspace), cluster(status), answer(status)]
        do throws(ServerError) {
            let layout = try ServerLayout.resolve(workspace, options)
            checks.append(socketDirectory(layout))
            checks.append(space(at: layout.clusterDirectory))
        } catch {
            // The check of the cluster has said so already.
            checks.append(space(at: workspace.path))
        }
        return ServerDiagnosis(checks: checks)
    }

    private static func programs(_ status: ServerStatus) -> DiagnosisCheck {
        let version: Int? =
            switch status {
            case .running(let server): server.version
            case .stopped(let version): version
            default: nil
            }
        do throws(ServerError) {
            let programs = try ServerPrograms.choose(clusterVersion: version, cluster: "the workspace")
            let text = "PostgreSQL \(programs.versionText) in \(programs.directory)"
            return DiagnosisCheck(name: "programs", outcome: .ok, text: text)
        } catch {
            return DiagnosisCheck(name: "programs", error: error)
        }
    }

    private static func writable(_ workspace: Workspace) -> DiagnosisCheck {
        let exists = OperatingSystem.status(ofPath: workspace.path) != nil
        let path = exists ? workspace.path : nearestExisting(workspace.path)
        guard OperatingSystem.isWritable(path) else {
            let error = ServerError.workspaceNotWritable(path: workspace.path, reason: "\(path): permission denied")
            return DiagnosisCheck(name: "workspace", error: error)
        }
        let text = exists ? "\(workspace.path) can be written" : "\(workspace.path) will be made by the first command"
        return DiagnosisCheck(name: "workspace", outcome: .ok, text: text)
    }

    private static func cluster(_ status: ServerStatus) -> DiagnosisCheck {
        let name = "data directory"
        switch status {
        case .absent:
            return DiagnosisCheck(name: name, outcome: .ok, text: "none yet; the first command makes it")
        case .halfInitialised(let cluster, let missing):
            return DiagnosisCheck(name: name, error: .halfInitialised(cluster: cluster, missing: missing))
        case .foreign(let error):
            return DiagnosisCheck(name: name, error: error)
        case .running(let server):
            return DiagnosisCheck(name: name, outcome: .ok, text: "complete, in \(server.clusterDirectory)")
        case .stopped(let version):
            return DiagnosisCheck(name: name, outcome: .ok, text: "complete, made by PostgreSQL \(version)")
        case .starting, .stopping, .unreachable:
            return DiagnosisCheck(name: name, outcome: .ok, text: "complete")
        }
    }

    private static func answer(_ status: ServerStatus) -> DiagnosisCheck {
        let name = "server"
        switch status {
        case .running(let server):
            return DiagnosisCheck(name: name, outcome: .ok, text: "process \(server.processID) accepts connections")
        case .starting(let processID):
            return DiagnosisCheck(
                name: name, outcome: .warning, text: "process \(processID) is starting or recovering",
                advice: "wait a moment; commands wait by themselves")
        case .stopping(let processID):
            return DiagnosisCheck(
                name: name, outcome: .warning, text: "process \(processID) is ending",
                advice: "the next command starts it again")
        case .unreachable(let processID, let reason):
            return DiagnosisCheck(
                name: name, outcome: .problem, text: "process \(processID) cannot be reached: \(reason)",
                advice: "the next command restarts it; `hale db down` stops it")
        case .stopped:
            return DiagnosisCheck(name: name, outcome: .ok, text: "not running; the next command starts it")
        case .absent, .halfInitialised, .foreign:
            return DiagnosisCheck(name: name, outcome: .ok, text: "not running")
        }
    }

    private static func socketDirectory(_ layout: ServerLayout) -> DiagnosisCheck {
        let name = "socket directory"
        do throws(ServerError) {
            try SocketDirectory.verify(layout)
        } catch {
            return DiagnosisCheck(name: name, error: error)
        }
        guard let status = OperatingSystem.status(ofPath: layout.socketDirectory) else {
            return DiagnosisCheck(name: name, outcome: .ok, text: "\(layout.socketDirectory) will be made on start")
        }
        guard status.permissions == 0o700 else {
            return DiagnosisCheck(
                name: name, outcome: .warning,
                text: "\(layout.socketDirectory) has mode \(String(status.permissions, radix: 8)) instead of 700",
                advice: "run `chmod 700 \(layout.socketDirectory)`")
        }
        return DiagnosisCheck(name: name, outcome: .ok, text: "\(layout.socketDirectory), closed to others")
    }

    private static func space(at path: String) -> DiagnosisCheck {
        let place = nearestExisting(path)
        guard let free = OperatingSystem.freeBytes(at: place) else {
            return DiagnosisCheck(
                name: "disk space", outcome: .warning, text: "the free space of \(place) cannot be read",
                advice: "check it with `df \(place)`")
        }
        let text = "\(free / 1_000_000) MB free at \(place)"
        let outcome: DiagnosisCheck.Outcome =
            free < noSpaceBytes ? .problem : free < lowSpaceBytes ? .warning : .ok
        return DiagnosisCheck(
            name: "disk space", outcome: outcome, text: text,
            advice: outcome == .ok ? nil : "free some space, or set HALE_HOME to a larger disk")
    }

    private static func nearestExisting(_ path: String) -> String {
        var parts = path.split(separator: "/")
        while !parts.isEmpty {
            let candidate = "/" + parts.joined(separator: "/")
            if OperatingSystem.status(ofPath: candidate) != nil { return candidate }
            parts.removeLast()
        }
        return "/"
    }
}
