import FoundationEssentials

/// The programs of one installed PostgreSQL server.
package struct ServerPrograms: Equatable, Sendable {
    /// The oldest major version that Hale runs on.
    package static let oldestVersion = 15

    /// Directory of `initdb` and `postgres`.
    package var directory: String
    /// Major version.
    package var version: Int
    /// Version as the program prints it, for instance `15.18`.
    package var versionText: String

    /// Path of one of the programs.
    package func path(_ program: String) -> String { "\(directory)/\(program)" }

    /// Every installed server, best first: what `pg_config` names, then the usual places, newest first.
    package static func installed() -> [ServerPrograms] {
        var seen: Set<String> = []
        return candidateDirectories().compactMap { directory in
            guard let real = OperatingSystem.realPath(directory), seen.insert(real).inserted else { return nil }
            return programs(in: real)
        }
    }

    /// Chooses the server for a new cluster, or for one that a given major version made.
    package static func choose(clusterVersion: Int?, cluster: String) throws(ServerError) -> ServerPrograms {
        let installed = installed()
        if let clusterVersion {
            if let match = installed.first(where: { $0.version == clusterVersion }) { return match }
            throw .matchingProgramsAbsent(cluster: cluster, version: clusterVersion)
        }
        guard let first = installed.first(where: { $0.version >= oldestVersion }) else {
            throw .programsAbsent(oldestVersion: oldestVersion, found: installed.map(\.version))
        }
        return first
    }

    /// The path of one of PostgreSQL's client programs: of the directories that `PATH` lists, else beside a server.
    package static func client(_ program: String, path: String) -> String? {
        let listed = path.split(separator: ":").map { "\($0)/\(program)" }.first(where: OperatingSystem.isExecutable)
        return listed ?? installed().map { $0.path(program) }.first(where: OperatingSystem.isExecutable)
    }

    private static func candidateDirectories() -> [String] {
        var directories: [String] = []
        let searched = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let usual = ["/usr/bin", "/usr/local/bin"]
        if let pgConfig = (searched + usual).map({ "\($0)/pg_config" }).first(where: OperatingSystem.isExecutable),
            let result = try? OperatingSystem.run(ProgramCall(pgConfig, ["--bindir"], limitSeconds: 10)),
            result.succeeded
        {
            directories += result.output.split(separator: "\n").map(String.init)
        }
        directories += versioned(in: "/usr/lib/postgresql", prefix: "").map { "/usr/lib/postgresql/\($0)/bin" }
        directories += versioned(in: "/usr", prefix: "pgsql-").map { "/usr/pgsql-\($0)/bin" }
        return directories + ["/usr/local/pgsql/bin"] + searched + usual
    }

    /// The numbers that follow a prefix in the names of a directory's entries, largest first.
    private static func versioned(in directory: String, prefix: String) -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.compactMap { Int($0.dropFirst(prefix.count)) }.sorted(by: >)
    }

    private static func programs(in directory: String) -> ServerPrograms? {
        for program in ["initdb", "postgres"] where !OperatingSystem.isExecutable("\(directory)/\(program)") {
            return nil
        }
        // For instance "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
        let call = ProgramCall("\(directory)/postgres", ["--version"], limitSeconds: 10)
        guard let result = try? OperatingSystem.run(call), result.succeeded,
            let text = result.output.split(separator: " ").first(where: { $0.first?.isNumber == true }),
            let version = Int(text.prefix { $0.isNumber })
        else { return nil }
        return ServerPrograms(
            directory: directory, version: version, versionText: String(text.prefix { !$0.isWhitespace }))
    }
}
