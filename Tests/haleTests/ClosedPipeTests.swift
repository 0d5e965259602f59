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

    @Test func `a full disk is one line and status 1`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.shell("\"$HALE\" accounts list --format csv >/dev/full")
        #expect(run.status == 1)
        #expect(run.errorLines.count == 1, "\(run.errors)")
        #expect(run.errors.hasPrefix("hale: "))
    }
}
