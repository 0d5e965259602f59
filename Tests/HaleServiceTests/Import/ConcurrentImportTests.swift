import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Usage files with events that come late, come again, and reach far back.
private struct RandomUsage {
    let files: [String]
    /// Events that count: every row without an event id, and each event id once.
    let distinctEvents: Int

    /// Months that the files fall into; the last one is years before the others.
    private static let months = ["2026-01", "2026-02", "2026-03", "2024-02"]

    init(seed: UInt64, files count: Int, rows: Int) {
        var random = SplitMix(seed: seed)
        func row(_ random: inout SplitMix) -> String {
            let account = "A\(Int.random(in: 1...3, using: &random))"
            let person = Bool.random(using: &random) ? "P\(Int.random(in: 1...12, using: &random))" : ""
            let feature = Bool.random(using: &random) ? "F\(Int.random(in: 1...4, using: &random))" : ""
            let month = Self.months[Int.random(in: 0..<4, using: &random)]
            let day = Int.random(in: 1...28, using: &random)
            let quantity = Int.random(in: 0...9, using: &random)
            return "\(account),\(person),\(feature),\(month)-\(day < 10 ? "0" : "")\(day),\(quantity)"
        }
        // An event that comes again is the same event.
        var known: [(id: String, row: String)] = []
        for number in 0..<rows { known.append((id: "e\(number)", row: row(&random))) }
        var received: Set<String> = []
        var withoutID = 0
        var files: [String] = []
        for _ in 0..<count {
            var text = "account_id,person_id,feature,occurred_at,quantity,event_id\n"
            for _ in 0..<rows {
                if Bool.random(using: &random) {
                    let event = known[Int.random(in: 0..<rows, using: &random)]
                    received.insert(event.id)
                    text += "\(event.row),\(event.id)\n"
                } else {
                    withoutID += 1
                    let single = row(&random)
                    text += "\(single),\n"
                }
            }
            files.append(text)
        }
        self.files = files
        distinctEvents = received.count + withoutID
    }
}

/// Imports that run at the same time, and what they must not lose or count twice.
@Suite(.database)
struct `Imports at once` {
    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\nA2,Bolt\nA3,Cord\n", into: database)
        return database
    }

    /// What each of the imports wrote; 0 for a file that was in already.
    private func importAtOnce(
        _ fixtures: [ImportFixture], as kind: ImportKind, into database: Database
    ) async throws -> [Int64] {
        try await withThrowingTaskGroup(of: Int64.self) { group in
            for fixture in fixtures {
                group.addTask {
                    switch try await fixture.run(kind, into: database) {
                    case .imported(let receipt, _): receipt.inserted
                    case .alreadyImported: 0
                    }
                }
            }
            var inserted: [Int64] = []
            for try await count in group { inserted.append(count) }
            return inserted
        }
    }

    @Test func `different people in the same account-months are all counted`() async throws {
        let database = try await accounts()
        // Each file has 10 people of its own, who are there on each of 20 days in both accounts.
        let fixtures = try (0..<3).map { file in
            var text = "account_id,person_id,occurred_at\n"
            for account in ["A1", "A2"] {
                for person in 0..<10 {
                    for day in 1...20 { text += "\(account),P\(file)-\(person),2026-01-\(day < 10 ? "0" : "")\(day)\n" }
                }
            }
            return try ImportFixture(text)
        }
        #expect(try await importAtOnce(fixtures, as: .usage, into: database) == [400, 400, 400])
        #expect(try await PackedUsage.differences() == [])
        // 30 people on each of 20 days, in each of two accounts.
        #expect(try await ImportFixture.number("select min(people[20]) from hale_data.usage_month") == 30)
        #expect(
            try await ImportFixture.number(
                "select sum(total) from hale_data.usage_month, unnest(people) as total") == 1200)
        #expect(
            try await ImportFixture.number(
                "select sum(bit_count(active_days::bit(32))) from hale_data.person_month") == 1200)
    }

    @Test func `an import does not pack usage while another writer of the same accounts is at it`() async throws {
        let database = try await accounts()
        let fixture = try ImportFixture("account_id,person_id,occurred_at\nA1,P1,2026-01-05\n")
        let work = try await database.withConnection { connection in
            try await connection.transaction { try await Self.startWhileLocked(fixture, $0, database) }
        }
        #expect(try ImportFixture.receipt(of: try await work.value).inserted == 1)
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `people and features that somebody else creates meanwhile are the ones that count`() async throws {
        let database = try await accounts()
        let fixture = try ImportFixture(
            """
            account_id,person_id,feature,occurred_at,event_id
            A1,P1,F1,2026-01-05,
            A1,P1,F2,2026-01-06,e1
            A1,P2,F1,2026-01-07,

            """)
        let work = try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let work = try await Self.startWhileLocked(fixture, transaction, database)
                // The import has given ids to P1, P2, F1 and F2 by now, and stored none.
                try await transaction.script(
                    Statement(
                        name: "test/create",
                        text: """
                            insert into hale_data.person (account_id, external_id)
                            select account_id, 'P1' from hale_data.account where external_id = 'A1';
                            insert into hale_data.feature (name) values ('F1')
                            """))
                return work
            }
        }
        let receipt = try ImportFixture.receipt(of: try await work.value)
        #expect([receipt.inserted, receipt.createdPeople, receipt.createdFeatures] == [3, 1, 1])
        #expect(
            try await ImportFixture.texts(
                """
                select concat_ws(' ', person.external_id, feature.name, event.day) as text
                from hale_data.usage_event as event
                join hale_data.person as person on person.person_id = event.person_id
                join hale_data.feature as feature on feature.feature_id = event.feature_id
                order by event.day
                """) == ["P1 F1 2026-01-05", "P1 F2 2026-01-06", "P2 F1 2026-01-07"])
        #expect(try await ImportFixture.number("select count(*) from hale_data.person") == 2)
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `an undo waits for an import that is going on, and is refused when that one is newer`() async throws {
        let database = try await accounts()
        let first = try await ImportFixture.load(
            .usage, "account_id,person_id,occurred_at\nA1,P1,2026-01-04\n", into: database)
        let fixture = try ImportFixture("account_id,person_id,occurred_at\nA1,P1,2026-01-05\n")
        let (work, undo) = try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let work = try await Self.startWhileLocked(fixture, transaction, database)
                let undo = Task { try await UndoStage(database).run(receipt: first.number) }
                // The import waits for the locks of packed usage, the undo for the import.
                while try await Self.waiting() < 2 {}
                return (work, undo)
            }
        }
        #expect(try ImportFixture.receipt(of: try await work.value).inserted == 1)
        await #expect(throws: HistoryRefusal.self) { try await undo.value }
        #expect(try await ImportFixture.number("select count(*) from hale_data.usage_event") == 2)
        #expect(try await PackedUsage.differences() == [])
    }

    /// How many wait for a lock in the running test's database.
    private static func waiting() async throws -> Int64 {
        try await ImportFixture.number(
            """
            select count(*) from pg_stat_activity
            where wait_event_type = 'Lock' and datname = current_database()
            """)
    }

    /// Takes every lock of packed usage and starts an import, which has to be seen waiting before the locks are let go.
    private static func startWhileLocked(
        _ fixture: ImportFixture, _ connection: Connection, _ database: Database
    ) async throws -> Task<ImportStage.Outcome, any Error> {
        let locks = "select number from hale_data.turn where area = 'usage' and number >= 0 order by number for update"
        try await connection.script(Statement(name: "test/locks", text: locks))
        let before = try await ImportFixture.number(
            "select count(*) from hale_data.import_receipt where kind = 'usage'")
        let work = Task { try await fixture.run(.usage, into: database) }
        var isWaiting = false
        var isDone = false
        while !isWaiting && !isDone {
            isWaiting = try await waiting() > 0
            isDone =
                try await ImportFixture.number("select count(*) from hale_data.import_receipt where kind = 'usage'")
                > before
        }
        #expect(isWaiting && !isDone)
        return work
    }

    @Test(arguments: KindCase.keyedByLine)
    func `the same file three times is counted once`(_ example: KindCase) async throws {
        let database = try await accounts()
        let fixtures = try (0..<3).map { _ in try ImportFixture(example.first) }
        #expect(try await importAtOnce(fixtures, as: example.kind, into: database).sorted() == [0, 0, 3])
        #expect(
            try await ImportFixture.number(
                "select count(*) from hale_data.import_receipt where kind = '\(example.kind.rawValue)'") == 1)
        #expect(try await PackedUsage.differences() == [])
    }

    @Test(arguments: KindCase.upserted)
    func `the same rows three times are new once`(_ example: KindCase) async throws {
        let database = try await accounts()
        let fixtures = try (0..<3).map { _ in try ImportFixture(example.first) }
        #expect(try await importAtOnce(fixtures, as: example.kind, into: database).sorted() == [0, 0, 2])
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `packed months say what the raw events say, whatever comes late or again`(_ seed: UInt64) async throws {
        let database = try await accounts()
        let usage = RandomUsage(seed: seed, files: 6, rows: 200)
        let fixtures = try usage.files.map { try ImportFixture($0) }
        // Three together, then one after another onto months that are packed already.
        var inserted = try await importAtOnce(Array(fixtures.prefix(3)), as: .usage, into: database)
        for fixture in fixtures.dropFirst(3) {
            inserted.append(try ImportFixture.receipt(of: try await fixture.run(.usage, into: database)).inserted)
            #expect(try await PackedUsage.differences() == [])
        }
        #expect(inserted.reduce(0, +) == Int64(usage.distinctEvents))
        #expect(
            try await ImportFixture.number("select count(*) from hale_data.usage_event")
                == Int64(usage.distinctEvents))
        #expect(
            try await ImportFixture.number("select sum(total) from hale_data.usage_month, unnest(events) as total")
                == Int64(usage.distinctEvents))
        #expect(try await ImportFixture.number("select count(*) from hale_data.usage_month") == 12)
    }
}
