import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// JSON goes in as CSV does: the same facts, bad rows and replays.
@Suite(.database) struct `Importing JSON` {
    private func database() throws -> Database { try TestDatabase.shared.database }

    @Test func `objects go in as rows of a table would`() async throws {
        let text = """
            {"account_id": "A-1", "name": "Acme", "country": "DE", "created_on": "2026-01-31"}
            {"account_id": 2, "name": "Bolt, \\"B\\"", "country": null}
            {"account_id": "A-3", "name": "Cord", "created_on": "2026-02-28", "further": {"x": true}}

            """
        let receipt = try await ImportFixture.load(.accounts, text, into: database())
        #expect([receipt.read, receipt.inserted] == [3, 3])
        #expect(receipt.notes == ["columns not used: further.x", "created_on: year first"])
        #expect(
            try await StoredFacts.accounts() == [
                "2|Bolt, \"B\"|-|-|-|-|-|-|-", "A-1|Acme|-|-|DE|-|-|-|2026-01-31",
                "A-3|Cord|-|-|-|-|-|-|2026-02-28",
            ])
    }

    @Test(.enabled(if: SharedData.isThere("segment"), "the samples of Segment are not here"))
    func `an export of Segment becomes accounts and usage through mappings`() async throws {
        let accounts = try await SharedData.load(
            .accounts, "segment/samples.jsonl",
            map: """
                kind: accounts
                columns: {account_id: payload.groupId, name: payload.traits.name, industry: payload.traits.industry}
                skip_when: "payload_groupid is null or payload_userid is null"
                """, into: database())
        #expect([accounts.read, accounts.inserted, accounts.skipped] == [5, 1, 4])
        #expect(try await StoredFacts.accounts() == ["0e8c78ea9d97a7b8185e8632|Initech|-|-|-|Technology|-|-|-"])
        let usage = try await SharedData.load(
            .usage, "segment/samples.jsonl",
            map: """
                kind: usage
                columns: {person_id: payload.userId, feature: payload.event, occurred_at: payload.timestamp, event_id: payload.messageId}
                derive: {account_id: "coalesce(payload_groupid, '0e8c78ea9d97a7b8185e8632')"}
                skip_when: "page <> 'track' or payload_timestamp is null"
                """, into: database())
        #expect([usage.read, usage.inserted, usage.skipped] == [5, 1, 4])
        #expect(
            try await ImportFixture.texts(
                """
                select person.external_id || ' ' || feature.name || ' '
                    || to_char(event.occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') as text
                from hale_data.usage_event as event
                join hale_data.person as person using (account_id, person_id)
                join hale_data.feature as feature using (feature_id)
                """) == ["AiUGstSDIg Course Clicked 2015-12-12 19:11:01.249"])
    }

    @Test func `a bad line is a bad row with its line, and comes back as a row to correct`() async throws {
        let text = """
            {"account_id": "A-1", "name": "Acme", "note": "x, \\"y\\""}
            {"account_id": "A-2", "name": "Bolt"
            {"account_id": "A-3", "name": null, "note": "two\\nlines"}
            {"account_id": "A-4", "name": "Dill", "csm_email": "ann@example.com"}

            """
        let fixture = try ImportFixture(text, name: "accounts.jsonl")
        let lines = try await fixture.refusal(.accounts, into: database())
        #expect(
            lines.prefix(2) == [
                "\(fixture.path):2: character 37: the object is not closed [HALE-IMPORT-018]",
                "\(fixture.path):3: name: a value is needed here [HALE-IMPORT-023]",
            ])
        let receipt = try ImportFixture.receipt(
            of: await fixture.run(.accounts, into: database()) { $0.allowedBadRows = 3 })
        #expect([receipt.read, receipt.inserted, receipt.rejected] == [4, 1, 3])
        let (stored, rows) = try await database().withConnection { connection in
            let store = ReceiptStore(connection)
            return (try await store.receipt(receipt.number), try await store.rejects(of: receipt.number))
        }
        #expect(
            rows.map(\.raw) == [
                "\"{\"\"account_id\"\": \"\"A-2\"\", \"\"name\"\": \"\"Bolt\"\"\"", "A-3,,\"two\nlines\",",
                "A-4,Dill,,ann@example.com",
            ])
        let correctable = try RejectedFile.correctable(rows, recipe: stored?.recipe, receipt: receipt.number)
        #expect(
            correctable.hasPrefix("rejected_line,rejected_column,rejected_reason,account_id,name,note,csm_email\n"))
        try await ImportFixture.load(.csms, "email\nann@example.com\n", into: database())
        let replay = try await ReplayStage(database()).run(receipt: receipt.number, today: ImportFixture.today)
        #expect([replay.receipt.read, replay.receipt.inserted, replay.receipt.rejected] == [3, 1, 2])
        let left = try await database().withConnection { try await ReceiptStore($0).rejects(of: receipt.number) }
        #expect(left.map(\.line) == [2, 3])
        #expect(left.map(\.raw) == Array(rows.map(\.raw).prefix(2)))
    }

    @Test func `objects of a list on one line are told apart, also where a row is known by its line`() async throws {
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database())
        let event = "{\"account_id\": \"A-1\", \"occurred_at\": \"2026-01-05\"}"
        let text = "[" + [event, event, "{\"account_id\": \"A-1\"}", event].joined(separator: ",") + "]"
        let fixture = try ImportFixture(text)
        let lines = try await fixture.refusal(.touchpoints, into: database())
        #expect(lines.first == "\(fixture.path):3: occurred_at: a value is needed here [HALE-IMPORT-023]")
        for kind in [ImportKind.touchpoints, .usage] {
            let receipt = try ImportFixture.receipt(
                of: await fixture.run(kind, into: database()) { $0.allowedBadRows = 1 })
            #expect([receipt.read, receipt.inserted, receipt.rejected] == [4, 3, 1])
        }
        let derived = try ImportFixture.receipt(
            of: await ImportFixture(text + "\n").run(.touchpoints, into: database()) {
                $0.allowedBadRows = 1
                $0.mapping = try Mapping(
                    yaml: "kind: touchpoints\nderive: {note: \"'on ' || occurred_at\"}\n", file: "m.yaml")
            })
        #expect([derived.read, derived.inserted, derived.rejected] == [4, 3, 1])
    }

    @Test func `a file of 60,000 events in one list goes in with little memory`() async throws {
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database())
        let events = (0..<60_000).map {
            "{\"account\": {\"id\": \"A-1\"}, \"user\": \"P-\($0 % 50)\", \"at\": \"2026-01-0\($0 % 9 + 1)\", \"n\": 2}"
        }
        let receipt = try await ImportFixture.load(
            .usage, "[" + events.joined(separator: ",") + "]",
            map: "kind: usage\ncolumns: {account_id: account.id, person_id: user, occurred_at: at, quantity: n}\n",
            into: database())
        #expect([receipt.read, receipt.inserted, receipt.createdPeople] == [60_000, 60_000, 50])
        #expect(try await ImportFixture.number("select sum(quantity) from hale_data.usage_event") == 120_000)
        #expect(try await PackedUsage.differences() == [])
    }
}
