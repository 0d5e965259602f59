import HaleTestSupport
import Testing

/// Readers that go away, and disks that are full.
@Suite(.database) struct `Output that nobody takes` {
    /// More accounts than a pipe holds (64 KiB on Linux), so that writing cannot end before the reader has gone: a line
    /// of this list has more than 40 bytes.
    private static func loadMoreThanAPipeHolds(_ user: CommandLineUser) async throws {
        let rows = (1...3000).map { "A-\($0),Account number \($0) of a long list\n" }
        let run = try await user.run("import", "accounts", "-", input: "account_id,name\n" + rows.joined())
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test(arguments: ["", "trap '' PIPE; "])
    func `a closed pipe ends quietly, whether the signal is ignored or not`(preparation: String) async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try await Self.loadMoreThanAPipeHolds(user)
        for format in ["csv", "json", "table"] {
            let run = try await user.shell(
                "\(preparation){ \"$HALE\" accounts list --format \(format); echo \"ended $?\" >&2; } | head -n 1")
            #expect(run.status == 0)
            #expect(run.outputLines.count == 1)
            // Ended by itself, or by the signal, which shells call 128 + 13.
            #expect(["ended 0\n", "ended 141\n"].contains(run.errors), "\(format): \(run.errors)")
        }
    }

    /// Standard output that cannot be written to.
    private static let unwritable = [(">&-", "Bad file descriptor"), (">/dev/full", "No space left on device")]

    @Test(arguments: unwritable.indices)
    func `an import that is in ends with status 0 although its receipt cannot be printed`(number: Int) async throws {
        let (redirection, reason) = Self.unwritable[number]
        let user = try CommandLineUser.ofTestDatabase()
        try user.write("account_id,name\nA-1,Acme\n", to: "accounts.csv")
        let run = try await user.shell("\"$HALE\" import accounts accounts.csv \(redirection)")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errorLines.count == 1, "\(run.errors)")
        #expect(run.errors == "hale: done, but standard output cannot be written: \(reason)\n")
        let list = try await user.run("accounts", "list", "--format", "json").json()
        #expect(list["accounts"]?.elements?.count == 1)
        // What only reads has done nothing where nobody can read it.
        let read = try await user.shell("\"$HALE\" accounts list --format csv \(redirection)")
        #expect(read.status == 1 && read.errorLines.count == 1, "\(read.errors)")
    }

    @Test func `a reader that has gone before the receipt is printed does not make an import fail`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write("account_id,name\nA-1,Acme\n", to: "accounts.csv")
        // The pipe has no reader any more once writing to it fails.
        let run = try await user.shell(
            """
            { trap '' PIPE; while printf x 2>/dev/null; do :; done
              "$HALE" import accounts accounts.csv; echo "ended $?" >&2; } | true
            """)
        #expect(run.errors == "ended 0\n")
        let list = try await user.run("accounts", "list", "--format", "json").json()
        #expect(list["accounts"]?.elements?.count == 1)
    }

    @Test func `a reader of messages that has gone does not end the work`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        // Nothing is known yet, of which the command speaks before it ends.
        let run = try await user.shell(
            """
            { trap '' PIPE; while printf x 2>/dev/null; do :; done
              "$HALE" score --as-of 2026-03-01 2>&1 >out; echo "ended $?" >status; } | true
            cat out status
            """)
        #expect(run.output.hasSuffix("ended 0\n"))
        #expect(run.outputLines.count > 1, "\(run.everything)")
    }

    @Test func `a full disk is one line and status 1`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.shell("\"$HALE\" accounts list --format csv >/dev/full")
        #expect(run.status == 1)
        #expect(run.errorLines.count == 1, "\(run.errors)")
        #expect(run.errors.hasPrefix("hale: "))
    }
}
