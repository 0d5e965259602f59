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

    /// Starts the server with limits, runs a script in which `ask FD` sends a request on a connection that stays open, and
    /// stops the server.
    private static func limited(_ options: String, _ script: String) -> String {
        """
        mkfifo log
        "$HALE" serve --port 0 \(options) 2>log &
        server=$!
        exec 9<log
        read -r line <&9
        port=${line##*:}
        here=/dev/tcp/127.0.0.1/$port
        ask() { printf 'GET /healthz HTTP/1.1\\r\\nHost: here\\r\\n%s\\r\\n' "$2" >&"$1"; }
        \(script)
        kill -TERM "$server"
        wait "$server"
        """
    }

    @Test(.database) func `headers that never end cost no more than their limit`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(
            Self.limited(
                "--header-seconds 1 --idle-seconds 50",
                """
                exec 3<>"$here"
                printf 'GET /healthz HTTP/1.1\\r\\nHost: here\\r\\n' >&3
                echo "headers: $(cat <&3)."
                """), to: "session.sh")
        let run = try await user.shell("exec bash session.sh")
        // A run that takes a minute is ended, and so are its connections then.
        #expect(run.status == 0 && run.output == "headers: .\n", "\(run.everything)")
    }

    @Test(.database) func `a connection that asks no more is closed`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(
            Self.limited(
                "--idle-seconds 1 --header-seconds 50",
                """
                exec 3<>"$here"
                ask 3
                cat <&3 | grep -c '200 OK'
                """), to: "session.sh")
        let run = try await user.shell("exec bash session.sh")
        #expect(run.status == 0 && run.output == "1\n", "\(run.everything)")
    }

    @Test(.database) func `a connection beyond the limit waits until another one is closed`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(
            Self.limited(
                "--connections 1 --idle-seconds 50 --header-seconds 50",
                """
                exec 3<>"$here"
                ask 3
                read -r answer <&3
                exec 4<>"$here"
                ask 4 "Connection: close\r\n"
                if read -t 1 -r answer <&4; then echo early; fi
                exec 3<&- 3>&-
                cat <&4 | grep -c '200 OK'
                """), to: "session.sh")
        let run = try await user.shell("exec bash session.sh")
        #expect(run.status == 0 && run.output == "1\n", "\(run.everything)")
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
