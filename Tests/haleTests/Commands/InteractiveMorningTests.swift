import Foundation
import HaleTestSupport
import Postgres
import Testing

/// The morning list worked through in a pseudo-terminal, whose window pyte draws.
@Suite(
    .database, .timeLimit(.minutes(30)),
    .enabled("pyte is not installed: scripts/test-peers says why") { await PseudoTerminal.isPossible() })
struct `The interactive morning` {
    private static let ana = ["HALE_CSM": "ana@example.com"]

    /// Ana's three accounts, scored today: Acme is decided in 40 days, Bolt's contract ended five days ago, of Cord
    /// nothing is known.
    private func portfolio() async throws -> CommandLineUser {
        let user = try CommandLineUser.ofTestDatabase()
        func date(_ days: Int) async throws -> String {
            let rows = try await TestDatabase.shared.query(
                "select ((now() at time zone 'UTC')::date + $1::integer)::text as day", [Int32(days)])
            return try #require(try rows.first?.decode("day", as: String.self))
        }
        let files: [(kind: String, text: String)] = [
            ("csms", "email,name,capacity_minutes\nana@example.com,Ana,240\nben@example.com,Ben,240\n"),
            (
                "accounts",
                "account_id,name,csm_email\nA-1,\"Acme, 日本\",ana@example.com\nA-2,Bolt,ana@example.com\n"
                    + "A-3,Cord,ana@example.com\n"
            ),
            (
                "contracts",
                "contract_id,account_id,arr,currency,starts_on,ends_on,auto_renew\n"
                    + "C-1,A-1,120000,EUR,\(try await date(-295)),\(try await date(70)),false\n"
                    + "C-2,A-2,50000,EUR,\(try await date(-370)),\(try await date(-5)),false\n"
            ),
        ]
        for file in files {
            let run = try await user.run("import", file.kind, "-", "--ends-on", "day-after", input: file.text)
            #expect(run.status == 0, "\(run.errors)")
        }
        let run = try await user.run("score")
        #expect(run.status == 0, "\(run.errors)")
        return user
    }

    /// Every task by its number.
    private func tasks(_ user: CommandLineUser) async throws -> [Int: JSONAnswer] {
        let answer = try await user.run("tasks", "list", "--all", "--format", "json").json()
        return Dictionary(
            uniqueKeysWithValues: (answer["tasks"]?.elements ?? []).compactMap { task in
                task["taskId"]?.numberValue.map { (Int($0), task) }
            })
    }

    /// The numbers of Ana's planned tasks in their order, with their accounts.
    private func planned(_ user: CommandLineUser) async throws -> [(number: Int, account: String)] {
        let answer = try await user.run("morning", "--csm", "ana", "--format", "json").json()
        return try (answer["csms"]?.elements?.first?["planned"]?.elements ?? []).map {
            (Int(try #require($0["taskId"]?.numberValue)), try #require($0["accountId"]?.textValue))
        }
    }

    @Test func `is worked through with single keys at 80 columns and 24 lines`() async throws {
        let user = try await portfolio()
        let first = try #require(try await planned(user).first).number
        let before = try await tasks(user)
        let outcome = try await PseudoTerminal.run(
            ["morning", "-i"], as: user, variables: Self.ana,
            [
                .see("Morning of"), .see("▸ "), .keep,
                // Opened and closed.
                .type("\r"), .see("for ana@example.com"), .type("\u{1B}"), .miss("for ana@example.com"),
                .type("?"), .see("take the last change of this list back"), .type("x"), .miss("PgUp"),
                // The first of the list is done, and that is taken back.
                .type("d"), .see("outcome"), .type("s"), .see("note, or enter for none"), .type("they stay\r"),
                .see("done, saved"), .keep, .type("u"), .see("is as it was before"), .keep,
                // A day that is over is refused.
                .type("gs"), .see("until"), .type("2026-01-01\r"), .see("why:"), .type("later\r"),
                .see("is not after today"),
                .type("q"),
            ])
        #expect(outcome.missed == nil, "\(outcome.last.joined(separator: "\n"))")
        #expect(outcome.status == 0)
        #expect(outcome.isGivenBack && outcome.hasCursor)
        #expect(outcome.lastLines.isEmpty)
        let window = try #require(outcome.kept.first)
        #expect(window[0].contains("of ana@example.com: ") && window[0].contains("of 240 minutes"))
        #expect(window.joined().contains("Acme, 日本"))
        #expect(window[23].hasPrefix("enter open  d done  s snooze  a assign  n note  u undo  ? help  q quit"))
        #expect(window.contains { $0.hasPrefix("▸ \(first)  ") })
        // Done, it is gone from the window; taken back, it is there again, as it was.
        #expect(!outcome.kept[1].contains { $0.contains(" \(first)  ") })
        #expect(outcome.kept[2].contains { $0.contains(" \(first)  ") })
        #expect(try await tasks(user) == before)
    }

    @Test func `keeps what was done, snoozed, assigned and noted`() async throws {
        let user = try await portfolio()
        let order = try await planned(user)
        let acme = try #require(order.firstIndex { $0.account == "A-1" })
        let down = String(repeating: "\u{1B}[B", count: acme)
        let assigned = order[acme].number
        let done = try #require(order.first { $0.number != assigned }).number
        let outcome = try await PseudoTerminal.run(
            ["morning", "-i", "--csm", "ana"], as: user,
            [
                .see("▸ "), .type(down), .type("n"), .see("note:"), .type("call the 日本 office\u{7F}\u{7F}\r"),
                .see("the note is kept"),
                // What is to be known of Cord is the last of the list.
                .type("G"), .type("s"), .see("until"), .type("7d\r"), .see("why:"), .type("on holiday\r"),
                .see("snoozed until"), .miss("Cord"), .type("g\(down)"), .type("a"), .see("to (e-mail"), .type("ben\r"),
                .see("assigned to ben@example.com"),
                .miss(" \(assigned)  "),
                .type("g"), .type("d"), .type("l"), .see("note, or"), .type("\r"), .see("done, lost"),
                .miss(" \(done)  "),
                .type("q"),
            ])
        #expect(outcome.missed == nil, "\(outcome.last.joined(separator: "\n"))")
        #expect(outcome.status == 0 && outcome.isGivenBack)
        let tasks = try await tasks(user)
        #expect(tasks[assigned]?["assignee"] == .text("ben@example.com"))
        #expect(tasks[done]?["outcome"] == .text("lost"))
        #expect(tasks.values.contains { $0["accountId"] == .text("A-3") && $0["snoozedUntil"]?.textValue != nil })
        let shown = try await user.run("accounts", "show", "A-1", variables: ["COLUMNS": "200"])
        #expect(shown.output.contains("ana@example.com: call the 日本 offi"))
        #expect(!shown.output.contains("offic"))
    }

    @Test func `says that somebody else was first, and shows the list as it is then`() async throws {
        let user = try await portfolio()
        let outcome = try await PseudoTerminal.run(
            ["morning", "-i"], as: user, variables: Self.ana,
            [
                .see("▸ "), .shell("HALE_CSM= \"$HALE\" tasks done A-1 A-2 --outcome progress --by ben@example.com"),
                .type("ds"), .see("note, or"), .type("\r"), .see("by ben@example.com"), .keep, .type("q"),
            ])
        #expect(outcome.missed == nil, "\(outcome.last.joined(separator: "\n"))")
        #expect(outcome.kept[0].contains { $0.hasPrefix("task ") && $0.contains(" is over: done on ") })
        #expect(!outcome.kept[0].contains { $0.contains("Bolt") })
    }

    @Test(arguments: [("TERM", 143), ("INT", 130), ("HUP", 129)])
    func `gives the terminal back on a signal`(signal: String, status: Int) async throws {
        let user = try await portfolio()
        let outcome = try await PseudoTerminal.run(
            ["morning", "-i"], as: user, variables: Self.ana,
            [.see("▸ "), .type("d"), .see("outcome"), .signal(signal)])
        #expect(outcome.missed == nil)
        #expect(outcome.status == status)
        #expect(outcome.isGivenBack && outcome.hasCursor)
        #expect(outcome.lastLines.isEmpty)
    }

    @Test func `gives the terminal back on control and C, and where the database is lost`() async throws {
        let user = try await portfolio()
        let left = try await PseudoTerminal.run(
            ["morning", "-i"], as: user, variables: Self.ana, [.see("▸ "), .type("s"), .see("until"), .type("\u{3}")])
        #expect(left.status == 0 && left.isGivenBack && left.hasCursor && left.lastLines.isEmpty)

        let name = try TestDatabase.shared.name
        let server = try #require(try TestDatabase.shared.superuser.keywords["host"])
        let lose =
            "psql -q -h \(server) -U postgres -d postgres -c 'alter database \(name) allow_connections false' "
            + "-c \"select pg_terminate_backend(pid) from pg_stat_activity where datname = '\(name)'\""
        let lost = try await PseudoTerminal.run(
            ["morning", "-i"], as: user, variables: Self.ana,
            [.see("▸ "), .shell(lose), .type("ds"), .see("note, or"), .type("\r"), .see("hale: ")])
        #expect(lost.status == 1)
        #expect(lost.isGivenBack && lost.hasCursor)
        #expect(lost.lastLines.first?.hasPrefix("hale: HALE-DATABASE") == true, "\(lost.lastLines)")
        _ = try await user.shell(
            "psql -q -h \(server) -U postgres -d postgres -c 'alter database \(name) allow_connections true'")
    }

    @Test func `draws itself anew when the window changes, down to one line where nothing fits`() async throws {
        let user = try await portfolio()
        let outcome = try await PseudoTerminal.run(
            ["morning", "-i"], as: user, variables: Self.ana,
            [
                .see("▸ "), .resize(columns: 120, rows: 40), .foot("enter open"), .keep,
                .resize(columns: 20, rows: 24), .see("a window of 40 colu"), .keep,
                .resize(columns: 60, rows: 12), .foot("enter open"), .keep, .type("q"),
            ])
        #expect(outcome.missed == nil, "\(outcome.last.joined(separator: "\n"))")
        #expect(outcome.kept[0].count == 40 && outcome.kept[0][39].hasPrefix("enter open"))
        #expect(outcome.kept[1].filter { !$0.isEmpty }.count == 1)
        #expect(outcome.kept[2].count == 12 && outcome.kept[2][11].hasPrefix("enter open"))
    }

    @Test func `is one clear line in a window of 20 columns, and the printed list without a terminal`() async throws {
        let user = try await portfolio()
        let narrow = try await PseudoTerminal.run(["morning", "-i"], as: user, columns: 20, variables: Self.ana, [])
        #expect(narrow.status == 1 && narrow.isGivenBack)
        #expect(narrow.written.contains("HALE-CLI-044: the window has 20 columns and 24 lines, and -i needs 40 and 10"))
        #expect(narrow.written.filter { $0 == "\n" || $0 == "\r\n" }.count == 1)
        let plain = try await user.run("morning", "-i", variables: Self.ana)
        #expect(plain.status == 0)
        #expect(plain.output == (try await user.run("morning", variables: Self.ana)).output)
        let dumb = try await PseudoTerminal.run(
            ["morning", "-i"], as: user, variables: Self.ana.merging(["TERM": "dumb"]) { $1 }, [])
        #expect(dumb.status == 0 && dumb.written.contains("Morning of") && !dumb.written.contains("\u{1B}[?1049h"))
        let past = try await PseudoTerminal.run(["morning", "-i", "--date", "2026-01-01"], as: user, [])
        #expect(past.written.contains("HALE-CLI-045"))
        #expect(past.status == 1)
    }
}
