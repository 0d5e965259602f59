import HaleDelivery
import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// What keeps the tables of deliveries small, and what is said of them.
@Suite(.database, .timeLimit(.minutes(30))) struct `The tables of deliveries` {
    @Test func `counts and ages are by receiver and state`() async throws {
        let receiver = try await ProgrammableReceiver { _, before in .status(before == 0 ? 200 : 500) }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, "concurrency: 1"))
        try await fixture.makeAccounts()
        try await fixture.makeMessages(2)
        _ = try await fixture.worker.runOnce()
        try await fixture.makeMessages(0)
        try await fixture.run(
            """
            insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body, recorded_at)
            select 'msg_old', receiver_id, 'alerts', 'g', '{}', now() - interval '1 hour' from hale_data.receiver;
            """)
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        let counts = try await fixture.database.withConnection { try await DeliveryHistoryStore($0).counts() }
        #expect(
            counts.lines.map { "\($0.receiver) \($0.state) \($0.messages)" } == [
                "team delivered 1", "team queued 1", "team retrying 1", "team waiting 1",
            ])
        #expect((3_600..<3_700).contains(try #require(counts.oldestUndeliveredSeconds)))
    }

    @Test func `a failed attempt has a code that follows from how far it came`() async throws {
        let receiver = try await ProgrammableReceiver { _, before in .status(before == 0 ? 503 : 204) }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, "concurrency: 1"))
        try await fixture.makeMessages(2)
        _ = try await fixture.worker.runOnce()
        try await fixture.run(
            """
            insert into hale_data.delivery_attempt (day, delivery_id, number, receiver_id, started_at, phase)
            select current_date, 900, number, receiver_id, now(), phase
            from hale_data.receiver,
                unnest('{check,dns,connect,tls,request,response,unknown}'::text[]) with ordinality as step (phase, number);
            """)
        let attempts = try await fixture.database.withConnection {
            try await DeliveryHistoryStore($0).attempts(receiver: nil, delivery: nil, limit: 20)
        }
        let codes = attempts.map { "\($0.phase) \($0.status ?? 0) \($0.code?.suffix(3) ?? "none")" }
        #expect(
            Set(codes) == [
                "response 503 107", "response 204 none", "check 0 101", "dns 0 102", "connect 0 103", "tls 0 104",
                "request 0 105", "response 0 106", "unknown 0 108",
            ])
    }

    @Test func `a transaction that holds its snapshot is named with its process`() async throws {
        let fixture = try DeliveryFixture()
        let holder = try await Connection.open(TestDatabase.shared.superuser)
        let expected = await holder.backendProcessID
        try await holder.transaction(isolation: .repeatableRead) { transaction in
            _ = try await transaction.query(
                Statement(name: "test/hold", text: "select count(*) as held from hale_data.delivery"))
            let counts = try await fixture.database.withConnection { try await DeliveryHistoryStore($0).counts() }
            #expect(counts.oldestSnapshot?.processID == expected)
        }
        await holder.close()
    }

    @Test func `delivered messages leave in batches, and old ones are forgotten by the setting`() async throws {
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: 9))
        try await fixture.makeMessages(50)
        try await fixture.run(
            """
            update hale_data.delivery set state = 'delivered', finished_at = now() - interval '1 minute'
            where webhook_id not in ('msg_team1', 'msg_team2');
            update hale_data.delivery set state = 'dead', finished_at = now() - interval '8 days' where webhook_id = 'msg_team1';
            """)
        let store = fixture.database
        #expect(
            try await store.withConnection { try await DeliveryStore($0).archive(afterSeconds: 5, limit: 30) } == 30)
        #expect(
            try await store.withConnection { try await DeliveryStore($0).archive(afterSeconds: 5, limit: 30) } == 18)
        #expect(try await store.withConnection { try await DeliveryStore($0).archive(afterSeconds: 5, limit: 30) } == 0)
        #expect(try await fixture.states() == ["dead 1", "delivered 48", "waiting 1"])
        #expect(try await store.withConnection { try await DeliveryStore($0).prune(afterDays: 9, limit: 10) } == 0)
        #expect(try await store.withConnection { try await DeliveryStore($0).prune(afterDays: 7, limit: 10) } == 1)
        #expect(try await fixture.states() == ["delivered 48", "waiting 1"])
    }

    @Test func `months of attempts are made ahead and dropped when they are over for long enough`() async throws {
        let fixture = try DeliveryFixture()
        let tables = """
            select relname::text as text from pg_class where relname ~ '^delivery_(attempt|archive)_2020' and relkind = 'r'
            order by 1
            """
        let march = try #require(Day(iso: "2020-03-15"))
        try await fixture.database.withConnection { connection in
            try await DeliveryStore(connection).ensureMonths([march.postgresDate, march.postgresDate])
        }
        #expect(try await fixture.texts(tables) == ["delivery_archive_2020_03", "delivery_attempt_2020_03"])
        #expect(
            try await fixture.database.withConnection { try await DeliveryStore($0).dropMonths(afterDays: 100_000) }
                == 0)
        #expect(
            try await fixture.database.withConnection { try await DeliveryStore($0).dropMonths(afterDays: 90) } == 2)
        #expect(try await fixture.texts(tables) == [])
        // The worker itself makes this month's and the next.
        _ = try await fixture.worker.runOnce()
        #expect(
            try await fixture.texts(
                """
                select count(*)::text as text from pg_inherits
                where inhparent = 'hale_data.delivery_attempt'::regclass
                """) == ["2"])
    }

    @Test func `what was told of alerts that are over is forgotten, and of open ones kept`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1", "A-2"]))
        _ = try await fixture.worker.runOnce()
        _ = try await fixture.resolve(["A-1"])
        try await fixture.run("update hale_data.outbox set flushed_at = now() - interval '10 days'")
        #expect(
            try await fixture.database.withConnection { try await DeliveryStore($0).prune(afterDays: 9, limit: 10) }
                == 1)
        #expect(
            try await fixture.texts(
                "select external_id as text from hale_data.outbox join hale_data.account using (account_id)") == ["A-2"]
        )
    }
}
