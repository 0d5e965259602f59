import Foundation
import HaleTestSupport
import Postgres
import PrivateServer

/// A PostgreSQL cluster below a directory, which a test may kill, fill or follow with a standby. The server and everything
/// in the directory are gone after `with`.
struct ServerOfOwn {
    /// The directory that holds clusters and sockets.
    let directory: String
    /// The name of the cluster in it.
    let name: String
    private let user: CommandLineUser
    private let programs: String
    private let prefix: String

    /// Why there is no server.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Whether a file system may be mounted here.
    static func mayMount() async throws -> Bool {
        try await CommandLineUser().shell(
            """
            directory=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs $directory && umount $directory
            status=$?
            rmdir $directory
            exit $status
            """
        ).status == 0
    }

    /// Runs a body with an empty directory that the server's user owns; `mounting` names a file system's size in MiB to
    /// mount there.
    static func with(mounting size: Int? = nil, _ body: (String) async throws -> Void) async throws {
        let user = try CommandLineUser()
        let made = try await user.shell("mktemp -d /tmp/hale-own-XXXXXX")
        let directory = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        guard directory.hasPrefix("/tmp/hale-own-") else { throw Failure(description: made.everything) }
        if let size {
            let mounted = try await user.shell("mount -t tmpfs -o size=\(size)m tmpfs \(directory)")
            guard mounted.status == 0 else { throw Failure(description: mounted.everything) }
        }
        if try await user.shell("[ $(id -u) -ne 0 ] || chown postgres \(directory)").status != 0 {
            throw Failure(description: "\(directory) cannot be given to postgres")
        }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(directory))
        } catch {
            result = .failure(error)
        }
        _ = try await user.shell(
            """
            for file in \(directory)/*/postmaster.pid; do
                [ ! -f "$file" ] || kill -QUIT "$(head -1 "$file")" 2>/dev/null || true
            done
            for round in $(seq 100); do ls \(directory)/*/postmaster.pid >/dev/null 2>&1 || break; sleep 0.1; done
            """)
        if size != nil { _ = try await user.shell("umount \(directory) || umount -l \(directory)") }
        _ = try await user.shell("rm -rf \(directory)")
        try result.get()
    }

    private init(_ directory: String, _ name: String) throws {
        self.directory = directory
        self.name = name
        user = try CommandLineUser()
        programs = try ServerPrograms.choose(clusterVersion: nil, cluster: directory).directory
        prefix = getuid() == 0 ? "runuser -u postgres -- " : ""
    }

    /// A new cluster, started.
    static func start(in directory: String) async throws -> ServerOfOwn {
        let server = try ServerOfOwn(directory, "first")
        try await server.run(
            """
            \(server.program("initdb")) -D \(server.data) -A trust -U postgres -E UTF8 --no-locale --no-sync >/dev/null
            """)
        try await server.configure("max_wal_size = '64MB'\nmin_wal_size = '32MB'")
        try await server.startAgain()
        return server
    }

    /// A standby of this one, started; from now on nothing is committed here that it does not have.
    func follow() async throws -> ServerOfOwn {
        let standby = try ServerOfOwn(directory, "second")
        try await run(
            """
            \(program("pg_basebackup")) -h \(socket) -U postgres -D \(standby.data) -R -X stream --checkpoint=fast \\
                --no-sync
            """)
        try await standby.configure("")
        try await standby.startAgain()
        try await run(
            """
            \(program("psql")) -h \(socket) -U postgres -d postgres -qc "alter system set synchronous_standby_names = '*'"
            \(program("psql")) -h \(socket) -U postgres -d postgres -qc "select pg_reload_conf()" >/dev/null
            for round in $(seq 100); do
                [ "$(\(program("psql")) -h \(socket) -U postgres -d postgres -Atc \\
                    "select sync_state from pg_stat_replication")" != sync ] || exit 0
                sleep 0.1
            done
            exit 1
            """)
        return standby
    }

    /// Ends the server as if its machine had died.
    func kill() async throws {
        try await run(
            """
            process=$(head -1 \(data)/postmaster.pid)
            kill -KILL "$process"
            for round in $(seq 100); do
                grep -q '^State:[[:space:]]*[RSDT]' /proc/$process/status 2>/dev/null || exit 0
                sleep 0.1
            done
            exit 1
            """)
    }

    /// Waits while the server recovers from the death of one of its processes.
    func waitUntilItAnswers() async throws {
        try await run(
            """
            for round in $(seq 300); do
                \(program("psql")) -h \(socket) -U postgres -d postgres -qAtc 'select 1' >/dev/null 2>&1 && exit 0
                sleep 0.1
            done
            exit 1
            """)
    }

    /// Lets a standby take over.
    func promote() async throws { try await run("\(program("pg_ctl")) -D \(data) promote -w >/dev/null") }

    /// Starts the server where it does not run. It inherits nothing that is open here, since a run counts as over only
    /// when nobody holds its end any more.
    func startAgain() async throws {
        try await run(
            """
            \(program("pg_ctl")) -D \(data) status >/dev/null 2>&1 || bash -c '
                for open in $(ls /proc/$$/fd); do [ "$open" -le 2 ] || eval "exec $open>&-"; done
                exec \(program("pg_ctl")) -D \(data) -w -l \(data)/log start >/dev/null'
            """)
    }

    /// Starts a server that has died as one that only reads, as somebody does who makes a standby of it.
    func startAsStandby() async throws {
        try await run("\(prefix)touch \(data)/standby.signal")
        try await startAgain()
    }

    /// Takes all the room that is left on the file system of the directory, which must be one of its own.
    func fillDisk() async throws {
        try await run(
            """
            mountpoint -q \(directory)
            dd if=/dev/zero of=\(directory)/filler bs=1M count=1000 2>/dev/null && exit 1
            dd if=/dev/zero of=\(directory)/filler bs=4k oflag=append conv=notrunc count=1000 2>/dev/null && exit 1
            true
            """)
    }

    /// Gives the room back.
    func emptyDisk() async throws { try await run("rm \(directory)/filler") }

    /// As the superuser.
    var settings: ConnectionSettings {
        ConnectionSettings(["host": socket, "user": "postgres", "dbname": "postgres"])
    }

    var socket: String { "\(directory)/\(name)-socket" }
    private var data: String { "\(directory)/\(name)" }

    private func program(_ name: String) -> String { "\(prefix)\(programs)/\(name)" }

    private func configure(_ more: String) async throws {
        try await run(
            """
            \(prefix)mkdir -p \(socket)
            \(prefix)sh -c 'cat >> \(data)/postgresql.conf' <<END
            listen_addresses = ''
            unix_socket_directories = '\(socket)'
            fsync = off
            \(more)
            END
            """)
    }

    private func run(_ script: String) async throws {
        let run = try await user.shell("set -e; cd /; \(script)")
        guard run.status == 0 else { throw Failure(description: "\(script): \(run.everything)") }
    }
}
