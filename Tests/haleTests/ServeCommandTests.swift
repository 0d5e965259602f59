import HaleTestSupport
import Testing

/// `hale serve` as an operator runs it.
@Suite struct `hale serve` {
    /// Starts the server on a free port, waits for the line that names it, asks, and stops it as a supervisor does.
    private static let session = """
        mkfifo log
        "$HALE" serve --port 0 2>log &
        server=$!
        exec 4<log
        read -r line <&4
        port=${line##*:}
        ask() {
            exec 3<>"/dev/tcp/127.0.0.1/$port"
            printf 'GET %s HTTP/1.1\\r\\nHost: here\\r\\nConnection: close\\r\\n\\r\\n' "$1" >&3
            cat <&3
            echo
        }
        ask /healthz
        ask /readyz
        ask /nowhere
        kill -TERM "$server"
        wait "$server"
        echo "ended with $?"
        """

    @Test(.database) func `it says where it listens, answers its probes and ends on SIGTERM with status 0`()
        async throws
    {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(Self.session, to: "session.sh")
        let run = try await user.shell("exec bash session.sh")
        #expect(run.output.contains(#"{"status":"ok"}"#), "\(run.everything)")
        #expect(run.output.contains(#""ready":true"#))
        #expect(run.output.contains("404 Not Found"))
        #expect(run.output.hasSuffix("ended with 0\n"))
    }

    @Test(.database) func `a port that is taken is one clear line`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(
            """
            mkfifo log
            "$HALE" serve --port 0 2>log &
            server=$!
            exec 4<log
            read -r line <&4
            "$HALE" serve --port "${line##*:}"
            status=$?
            kill -TERM "$server"
            wait "$server"
            exit "$status"
            """, to: "session.sh")
        let run = try await user.shell("exec bash session.sh")
        #expect(run.status == 1)
        #expect(run.errorLines.count == 1)
        #expect(run.errors.contains("HALE-WEB-001"))
        #expect(run.errors.contains("--port"))
    }

    @Test func `a port that cannot be is wrong usage`() async throws {
        let run = try await CommandLineUser().run("serve", "--port", "70000")
        #expect(run.status == 2)
        #expect(run.errors.contains("--port 70000"))
    }
}
