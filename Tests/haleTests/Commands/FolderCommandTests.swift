import Foundation
import HaleTestSupport
import Postgres
import Testing

/// `hale import FOLDER` with what somebody has who begins: 20 files, European and American, of every kind.
@Suite(.database) struct `The import of a folder` {
    /// The folder that the tests copy, since a user's own is what a command is given.
    private static var folder: URL {
        ProjectFolder.root.appending(path: "Tests/haleTests/Cases/folder")
    }

    private static func user() throws -> CommandLineUser {
        let user = try CommandLineUser.ofTestDatabase()
        try FileManager.default.copyItem(at: folder, to: user.directory.appending(path: "exports"))
        return user
    }

    /// File, kind and rows, in the order in which they go in: what others name comes first.
    private static let found = [
        "csms.csv csms 2", "features.csv features 2", "holidays.csv holidays 3", "rates.csv fx_rates 1",
        "accounts-america.csv accounts 3", "accounts-europe.csv accounts 3", "people-america.tsv people 3",
        "people-europe.csv people 3", "contracts-america.csv contracts 2", "contracts-europe.csv contracts 3",
        "events.csv usage 4", "usage-april.csv usage 3", "usage-may.csv usage 3", "nps.csv nps 3", "survey.csv nps 2",
        "support.csv tickets 3", "billing.csv invoices 3", "calls.csv touchpoints 2", "marketing.csv spend 2",
        "leads.csv leads 2",
    ]

    private static func lines(_ files: [JSONAnswer]) -> [String] {
        files.map { file in
            "\(file["file"]?.textValue ?? "-") \(file["kind"]?.textValue ?? "-") \(Int(file["rows"]?.numberValue ?? -1))"
        }
    }

    /// Nothing is in: no receipt was written.
    private static func hasNothing(_ user: CommandLineUser) async throws -> Bool {
        try await user.run("import", "list", "--format", "json").json()["imports"]?.elements?.isEmpty == true
    }

    @Test func `without a terminal and without --yes it says what it found and writes nothing`() async throws {
        let user = try Self.user()
        let run = try await user.run("import", "exports", "--format", "json")
        #expect(run.status == 2)
        #expect(
            run.errors == "hale: HALE-CLI-021: nothing imported: there is no terminal to ask at; "
                + "--yes imports these 20 files\n")
        let answer = try run.json()
        #expect(answer["imported"] == .number(0))
        let files = try #require(answer["files"]?.elements)
        #expect(Self.lines(files) == Self.found)
        let left = answer["leftOut"]?.elements?.compactMap { $0["file"]?.textValue }
        #expect(left == [".notes.csv", "README.md"])
        let unused = files.filter { $0["unused"]?.elements?.isEmpty == false }
        #expect(unused.compactMap { $0["file"]?.textValue } == ["accounts-america.csv"])
        #expect(unused.first?["unused"]?.elements?.compactMap(\.textValue) == ["Region"])
        #expect(files.first { $0["file"] == .text("survey.csv") }?["preset"] == .text("nps-open-data"))
        #expect(try await Self.hasNothing(user))
    }

    @Test func `a single word that is no folder is told for what it is`() async throws {
        let user = try Self.user()
        for (word, words) in [
            ("nosuch", "nosuch is neither a kind nor a folder that is there"),
            ("exports/csms.csv", "exports/csms.csv is a file: say of which kind, hale import KIND exports/csms.csv"),
            ("accounts", "a kind and a file are needed, or a folder"),
        ] {
            let run = try await user.run("import", word)
            #expect(run.status == 2)
            #expect(run.errors.hasPrefix("Error: \(words)"), "\(run.errors)")
        }
    }

    @Test func `a dry run says what it found and writes nothing`() async throws {
        let user = try Self.user()
        let run = try await user.run("import", "exports", "--dry-run")
        #expect(run.status == 0)
        #expect(run.output.contains("exports: 20 files to import, in this order"))
        for line in Self.found { #expect(run.output.contains(line.split(separator: " ")[0])) }
        #expect(try await Self.hasNothing(user))
    }

    /// By hand from the files. ARR in euros: K-1 12,000.00; K-2 1,200.50; K-3 3,600.00; K-11 12 times 1,000 dollars at 0.9;
    /// K-12 12 times 250.50 dollars at 0.9.
    private static let accounts: [(id: String, csm: String?, arr: Double, seats: Double?, renewsOn: String?)] = [
        ("A-1", "ben@example.com", 1_080_000, 50, "2027-01-15"),
        ("A-2", "ben@example.com", 270_540, 10, "2027-02-28"),
        ("A-3", nil, 0, nil, nil),
        ("E-1", "ana@example.com", 1_200_000, 20, "2027-01-01"),
        ("E-2", "ana@example.com", 120_050, 5, "2027-03-15"),
        ("E-3", "ben@example.com", 360_000, 8, "2027-02-01"),
    ]

    /// By hand: events from 2 to 29 June and who made them, promoters minus detractors, tickets open on 30 June.
    private static let signals: [String: (events: Double, people: Double, nps: Double?, tickets: Double)] = [
        "A-1": (3, 2, 50, 0), "A-2": (0, 0, -100, 1), "A-3": (0, 0, nil, 0), "E-1": (0, 0, 100, 1),
        "E-2": (1, 1, -100, 0), "E-3": (0, 0, nil, 0),
    ]

    @Test func `twenty files go in at once, and every figure is right`() async throws {
        let user = try Self.user()
        #expect(try await user.run("config", "set", "reporting_currency", "EUR").status == 0)
        let run = try await user.run("import", "exports", "--yes", "--format", "json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors == "")
        let answer = try run.json()
        #expect(answer["imported"] == .number(20))
        let files = try #require(answer["files"]?.elements)
        #expect(files.allSatisfy { $0["result"] == .text("imported") })
        // Every row of every file is new.
        for file in files {
            #expect(file["receipt"]?["inserted"] == file["rows"], "\(file["file"]?.textValue ?? "-")")
            #expect(file["receipt"]?["rejected"] == .number(0))
        }
        let list = try await user.run("accounts", "list", "--as-of", "2026-06-30", "--format", "json").json()
        let accounts = try #require(list["accounts"]?.elements)
        let byID = Dictionary(accounts.map { ($0["accountId"]?.textValue ?? "-", $0) }, uniquingKeysWith: { $1 })
        #expect(byID.count == Self.accounts.count)
        for expected in Self.accounts {
            let account = try #require(byID[expected.id])
            #expect(account["csm"]?.textValue == expected.csm, "\(expected.id)")
            #expect(account["arr"]?["minor"] == .number(expected.arr), "\(expected.id)")
            #expect(account["seats"]?.numberValue == expected.seats, "\(expected.id)")
            #expect(account["renewsOn"]?.textValue == expected.renewsOn, "\(expected.id)")
            let signals = try #require(Self.signals[expected.id])
            #expect(account["events28d"] == .number(signals.events), "\(expected.id)")
            #expect(account["activePeople28d"] == .number(signals.people), "\(expected.id)")
            #expect(account["nps"]?.numberValue == signals.nps, "\(expected.id)")
            #expect(account["openTickets"] == .number(signals.tickets), "\(expected.id)")
        }
        let names = try await TestDatabase.shared.query(
            """
            select account.name || coalesce(' below ' || parent.name, '') as text
            from hale_data.account as account
            left join hale_data.account as parent on parent.account_id = account.parent_account_id
            order by account.external_id
            """
        ).map { try $0.decode("text", as: String.self) }
        // The parent of Cobalt stands in the file that goes in after it.
        #expect(
            names == ["Acme", "Bolt below Acme", "Cobalt below Müller GmbH", "Müller GmbH", "Vélo SA", "Kaas BV"])
    }

    @Test func `the same folder again changes nothing`() async throws {
        let user = try Self.user()
        #expect(try await user.run("import", "exports", "--yes").status == 0)
        let again = try await user.run("import", "exports", "--yes", "--format", "json")
        #expect(again.status == 0)
        for file in try #require(try again.json()["files"]?.elements) {
            #expect(file["receipt"]?["inserted"] == .number(0), "\(file["file"]?.textValue ?? "-")")
            #expect(file["receipt"]?["updated"] == .number(0))
        }
    }

    @Test func `a file that fails keeps out only what cannot do without it, and all is said`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let folder = user.directory.appending(path: "exports")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try user.write("email,name\nana@example.com,Ana\n", to: "exports/csms.csv")
        try user.write("feature\nboards\n", to: "exports/features.csv")
        // Nobody of that address is there.
        try user.write("account_id,name,csm_email\nA1,Acme,bo@example.com\n", to: "exports/accounts.csv")
        try user.write("account_id,feature,occurred_at\nA1,boards,2026-01-05\n", to: "exports/usage.csv")
        let run = try await user.run("import", "exports", "--yes")
        #expect(run.status == 1)
        #expect(
            run.outputLines.suffix(4) == [
                "2 of 4 files are in", "failed: accounts.csv", "not tried: usage.csv",
                "after a correction the same command takes them in; what is in already changes nothing",
            ])
        #expect(run.errors.contains("hale: exports/accounts.csv:2: csm_email: CSM \"bo@example.com\" is not known"))
        #expect(run.errors.contains("hale: exports/usage.csv: not tried, because no file of accounts went in"))
        // Put right, the rest goes in.
        try user.write("account_id,name,csm_email\nA1,Acme,ana@example.com\n", to: "exports/accounts.csv")
        let again = try await user.run("import", "exports", "--yes", "--format", "csv")
        #expect(again.status == 0, "\(again.errors)")
        let results = CSVRecords(again.output).records.dropFirst().map { $0.prefix(3).joined(separator: " ") }
        #expect(
            results == [
                "csms.csv csms in already", "features.csv features in already", "accounts.csv accounts imported",
                "usage.csv usage imported",
            ])
    }

    @Test func `a question stops everything, and its answer lets it go on`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let folder = user.directory.appending(path: "exports")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try user.write("account_id,name\nA1,Acme\n", to: "exports/accounts.csv")
        try user.write("account_id,occurred_at\nA1,03/04/2026\n", to: "exports/data.csv")
        let run = try await user.run("import", "exports", "--yes")
        #expect(run.status == 1)
        #expect(run.errors.contains("--kind data.csv=usage or --kind data.csv=touchpoints"))
        #expect(run.errors.contains("[HALE-IMPORT-036]"))
        #expect(try await Self.hasNothing(user))
        let dates = try await user.run("import", "exports", "--yes", "--kind", "data.csv=usage")
        #expect(dates.status == 1)
        #expect(dates.errors.contains("--date-format data.csv=dmy"))
        let answered = try await user.run(
            "import", "exports", "--yes", "--kind", "data.csv=usage", "--date-format", "data.csv=mdy")
        #expect(answered.status == 0, "\(answered.errors)")
        let days = try await TestDatabase.shared.query("select day::text as text from hale_data.usage_event")
        #expect(try days.map { try $0.decode("text", as: String.self) } == ["2026-03-04"])
    }

    @Test func `a file of data that is nothing is left out, and the status says so`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let folder = user.directory.appending(path: "exports")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try user.write("account_id,name\nA1,Acme\n", to: "exports/accounts.csv")
        try user.write("account_id,name,email\nA1,Ann,ann@example.com\n", to: "exports/contacts.csv")
        let run = try await user.run("import", "exports", "--yes")
        #expect(run.status == 3)
        #expect(run.output.contains("contacts.csv: like people (account_id, name, email), but without person_id"))
        #expect(run.outputLines.last == "1 file is in")
        let alone = try await user.run("import", "exports", "--yes", "--kind", "contacts.csv=none")
        #expect(alone.status == 0)
    }

    @Test(arguments: [
        ["import", "exports", "--map", "m.yaml"], ["import", "exports", "--column", "name=Title"],
        ["import", "accounts", "exports/csms.csv", "--yes"],
        ["import", "accounts", "exports/csms.csv", "--kind", "a.csv=usage"],
        ["import", "accounts", "exports/csms.csv", "--date-format", "a.csv=dmy"], ["import", "nowhere"],
        ["import", "exports", "--date-format", "usage.csv=ymd"],
    ])
    func `options that do not go together are wrong usage`(arguments: [String]) async throws {
        let user = try Self.user()
        #expect(try await user.run(arguments).status == 2)
        #expect(try await Self.hasNothing(user))
    }

    /// A terminal that types an answer: `script` is the system's own.
    @Test(arguments: [("y", 0, 20), ("yes", 0, 20), ("n", 1, 0), ("", 1, 0), ("maybe", 1, 0)])
    func `at a terminal it asks, and only a yes imports`(answer: String, status: Int32, files: Int) async throws {
        let user = try Self.user()
        let run = try await user.shell(
            "echo \(answer) | script --quiet --return --command '\"$HALE\" import exports' /dev/null")
        #expect(run.status == status, "\(run.everything)")
        #expect(run.output.contains("Import these 20 files? [y/N]"))
        let list = try await user.run("import", "list", "--limit", "100", "--format", "json").json()
        #expect(list["imports"]?.elements?.count == files)
    }
}
