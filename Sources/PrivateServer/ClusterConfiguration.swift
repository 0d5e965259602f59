import FoundationEssentials

/// The configuration files of a private server, written anew before each start.
struct ClusterConfiguration {
    /// Where the cluster and its socket lie, and whose they are.
    var layout: ServerLayout
    /// Whether a power cut may lose data.
    var durability: ServerOptions.Durability

    /// Memory of the machine.
    var memoryBytes = ProcessInfo.processInfo.physicalMemory

    /// An eighth of the machine's memory: the server shares it with whatever else runs there. A night that finds what it
    /// reads here took about a tenth less than one that finds it in the system's cache (100,000 accounts, 1.7 GB).
    private var sharedBuffersMegabytes: UInt64 { min(4_096, max(128, memoryBytes >> 23)) }

    /// Name of the file with Hale's settings; `postgresql.conf` includes it, `alter system` overrides it.
    static let settingsName = "hale.conf"

    /// Hale's settings.
    var settings: String {
        var lines = [
            "# Written by Hale before each start; change settings with \"alter system\".",
            "listen_addresses = ''",
            "port = \(ServerLayout.port)",
            "unix_socket_directories = \(Self.quotedList(layout.socketDirectory))",
            "unix_socket_permissions = 0700",
            "cluster_name = 'hale'",
            "max_connections = 40",
            // A statement of a command that was killed ends soon, and with it the locks that others wait for.
            "client_connection_check_interval = '2s'",
            "shared_buffers = \(sharedBuffersMegabytes)MB",
            "work_mem = 32MB",
            "maintenance_work_mem = 128MB",
            "effective_cache_size = \(max(1_024, memoryBytes >> 21))MB",
            "random_page_cost = 1.1",
            "jit = off",
            // Containers often have 64 MB of /dev/shm, too little for a parallel hash join.
            "dynamic_shared_memory_type = sysv",
            // Full page images stay as they are: after a checkpoint, compressing them took 2 of the 6 seconds of
            // processor time that the server spent on a full score of 100,000 accounts.
            "wal_compression = off",
            "max_wal_size = 2GB",
            "min_wal_size = 128MB",
            "checkpoint_timeout = 15min",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "lc_messages = 'C'",
            // One file a weekday, each begun anew, so that the log is bounded.
            "logging_collector = on",
            "log_directory = 'log'",
            "log_filename = 'postgresql-%a.log'",
            "log_truncate_on_rotation = on",
            "log_rotation_age = 1d",
            "log_rotation_size = 0",
            "log_line_prefix = '%m [%p] %u@%d '",
        ]
        if durability == .none {
            lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `pg_hba.conf`: the operating system says who connects, and `pg_ident.conf` which role that user may take.
    var authentication: String { "# Written by Hale before each start.\nlocal all all peer map=hale\n" }

    /// `pg_ident.conf`: the workspace's users may take every role of Hale.
    var identities: String {
        var users = [layout.serverUser.name]
        if case .privileged = layout.serverOperator { users.insert("root", at: 0) }
        let lines = users.flatMap { user in
            DatabaseRole.allCases.map { role in "hale \"\(user)\" \(role.rawValue)" }
        }
        return "# Written by Hale before each start.\n" + lines.joined(separator: "\n") + "\n"
    }

    /// Writes the three files into a data directory.
    func write(into cluster: String) throws(ServerError) {
        let files = [
            (Self.settingsName, settings), ("pg_hba.conf", authentication), ("pg_ident.conf", identities),
        ]
        for (name, text) in files {
            try OperatingSystem.replaceFile(
                "\(cluster)/\(name)", with: text, permissions: 0o600, owner: layout.serverUser)
        }
    }

    /// A list of one directory as a value of `postgresql.conf`: the name in double quotes, since a list is parted at commas
    /// and blanks, and the whole in single ones.
    private static func quotedList(_ directory: String) -> String {
        let name = "\"" + directory.flatMap { $0 == "\"" ? [$0, $0] : [$0] } + "\""
        return "'" + name.flatMap { $0 == "'" || $0 == "\\" ? [$0, $0] : [$0] } + "'"
    }
}
