import HaleDelivery
import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Synchronization
import Testing

/// Faults of the database in the middle of the work.
@Suite(.database, .timeLimit(.minutes(30))) struct `Faults of the database while messages are delivered` {
    private static let attempts = """
        select concat_ws('|', number, phase, coalesce(status::text, '-'), coalesce(error, '-')) as text
        from hale_data.delivery_attempt order by delivery_id, number
        """

    /// From now on the first so many statements of this kind fail once they have done their work. The sequence counts
    /// them outside of transactions, so that it remembers what a rollback undoes.
    private func inject(_ code: String, times: Int, after event: String, _ fixture: DeliveryFixture) async throws {
        try await fixture.run(
            """
            create sequence public.injected;
            create function public.inject() returns trigger language plpgsql security definer as $$
            begin
                if nextval('public.injected') <= \(times) then
                    raise exception 'injected' using errcode = '\(code)';
                end if;
                return null;
            end
            $$;
            create trigger injected after \(event) for each statement execute function public.inject();
            """)
    }

    /// How many statements the trigger saw.
    private func statements(_ fixture: DeliveryFixture) async throws -> [String] {
        try await fixture.texts("select last_value::text as text from public.injected")
    }

    @Test(arguments: ["40001", "40P01"])
    func `a flush that the server asks to repeat is repeated, and tells of an alert once`(code: String) async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1", "A-3"]))
        // The message is written by then.
        try await inject(code, times: 1, after: "update on hale_data.outbox", fixture)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(try await statements(fixture) != ["1"])
        #expect(receiver.requests.count == 1)
        #expect(try await fixture.states() == ["delivered 1"])
        #expect(
            try await fixture.texts(
                """
                select concat_ws('|', count(*), count(delivery_id), count(distinct delivery_id), count(flushed_at)) as text
                from hale_data.outbox
                """) == ["2|2|1|2"])
    }

    @Test(arguments: ["40001", "40P01"])
    func `a result whose writing the server asks to repeat is written once`(code: String) async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeMessages(1)
        // The state and the attempt are written by then, and the lease is gone.
        try await inject(code, times: 1, after: "update of succeeded_at on hale_data.receiver", fixture)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(try await statements(fixture) == ["2"])
        // Repeated at once, not as after an error.
        #expect(fixture.events.all == [])
        #expect(receiver.requests.count == 1)
        #expect(try await fixture.states() == ["delivered 1"])
        #expect(try await fixture.texts(Self.attempts) == ["1|response|200|-"])
    }

    @Test func `a result that cannot be written for a while, as on a full disk, is kept and written later`()
        async throws
    {
        let receiver = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        let sleep = fixture.effects.sleep
        let pauses = Mutex(0)
        fixture.effects.sleep = { milliseconds in
            guard milliseconds == 1_000 else { return await sleep(milliseconds) }
            pauses.withLock { $0 += 1 }
        }
        try await fixture.makeMessages(1)
        try await inject("53100", times: 3, after: "update of succeeded_at on hale_data.receiver", fixture)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(pauses.withLock { $0 } == 3)
        #expect(fixture.events.all.count == 3)
        for event in fixture.events.all { #expect("\(event)".contains("injected")) }
        #expect(receiver.requests.count == 1)
        #expect(try await fixture.states() == ["delivered 1"])
        #expect(try await fixture.texts(Self.attempts) == ["1|response|200|-"])
    }

    @Test func `an outbox that cannot be flushed for a while, as on a full disk, is flushed later`() async throws {
        let receiver = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        fixture.options.flushMilliseconds = 0
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        try await inject("53100", times: 3, after: "insert on hale_data.delivery", fixture)
        let worker = fixture.worker
        let running = Task { await worker.run() }
        try await receiver.wait(forRequests: 1)
        worker.stop()
        #expect(await running.value.delivered == 1)
        #expect(try await statements(fixture) == ["4"])
        #expect(receiver.requests.count == 1)
        #expect(try await fixture.states() == ["delivered 1"])
    }

    @Test func `while every connection is lent the work waits, and goes on with the next that is free`() async throws {
        let receiver = try await ProgrammableReceiver { _, _ in .held }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeMessages(12)
        let worker = fixture.worker
        let running = Task { await worker.run() }
        try await receiver.wait(forRequests: 4)
        let taken = Gate(), release = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...Database.maximumConnections {
                group.addTask {
                    try await fixture.database.withConnection { _ in
                        taken.open()
                        await release.wait(for: 1)
                    }
                }
            }
            await taken.wait(for: Database.maximumConnections)
            // The answers come while nothing can be written.
            receiver.release()
            try await Task.sleep(for: .milliseconds(200))
            #expect(try await fixture.states() == ["waiting 12"])
            #expect(receiver.requests.count == 4)
            release.open()
            try await group.waitForAll()
        }
        try await receiver.wait(forRequests: 12)
        worker.stop()
        #expect(await running.value.delivered == 12)
        #expect(try await fixture.states() == ["delivered 12"])
        #expect(receiver.requests.count == 12)
        #expect(fixture.events.all == [])
    }

    /// 1999-12-31 and 2055-06-01, far from any day on which this runs.
    @Test(arguments: [946_598_400, 2_695_680_000] as [Int64])
    func `a clock that is years off changes the signed timestamp and nothing else`(clock: Int64) async throws {
        let receiver = try await ProgrammableReceiver { _, before in
            before == 0 ? .status(503, headers: ["retry-after": "77"]) : before == 1 ? .held : .status(200)
        }
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, "concurrency: 1"))
        fixture.effects.nowSeconds = { clock }
        // Without the partitions that the other tests make beforehand.
        _ = try await fixture.book()
        try await fixture.run(
            """
            insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body)
            select 'msg_' || number, receiver_id, 'alerts', 'g', '{}'
            from hale_data.receiver, generate_series(1, 2) as number;
            """)
        let worker = fixture.worker
        let running = Task { await worker.run() }
        try await receiver.wait(forRequests: 2)
        #expect(
            try await fixture.texts(
                """
                select concat_ws(
                    '|', webhook_id, attempts, state, lease_until is null,
                    coalesce(lease_until, next_attempt_at) between now() and now() + interval '2 minutes') as text
                from hale_data.delivery order by webhook_id
                """) == ["msg_1|1|waiting|t|t", "msg_2|1|waiting|f|t"])
        receiver.release()
        worker.stop()
        #expect(await running.value.delivered == 1)
        #expect(receiver.requests.map { $0.headers["webhook-timestamp"] } == ["\(clock)", "\(clock)"])
        #expect(fixture.events.all.count == 1)
        #expect(
            try await fixture.texts(
                """
                select concat_ws('|', number, status, started_at between now() - interval '5 minutes' and now(),
                    day in ((now() at time zone 'UTC')::date, (now() at time zone 'UTC')::date - 1)) as text
                from hale_data.delivery_attempt order by delivery_id
                """) == ["1|503|t|t", "1|200|t|t"])
    }

    @Test func `a snapshot that somebody holds is said once with its process, and messages go on`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeMessages(40)
        // In this database every transaction looks ten minutes older than it is.
        try await fixture.run(Self.olderTransactions)
        let holder = try await Connection.open(TestDatabase.shared.superuser)
        let process = await holder.backendProcessID
        try await holder.transaction(isolation: .repeatableRead) { transaction in
            _ = try await transaction.query(
                Statement(name: "test/hold", text: "select count(*) as held from hale_data.delivery"))
            let worker = fixture.worker
            #expect(try await worker.runOnce().delivered == 40)
            #expect(try await worker.runOnce().delivered == 40)
        }
        await holder.close()
        let warnings = fixture.events.all.compactMap { event -> Int? in
            guard case .oldSnapshot(let process, let seconds, _) = event else { return nil }
            #expect((600..<900).contains(seconds))
            return process
        }
        #expect(warnings.filter { $0 == process }.count == 1)
        #expect(try await fixture.states() == ["delivered 40"])
    }

    static let olderTransactions = """
        set allow_system_table_mods = on;
        do $do$
        begin
            execute 'create or replace view pg_catalog.pg_stat_activity as ' || replace(
                pg_get_viewdef('pg_catalog.pg_stat_activity'::regclass), 's.xact_start,',
                's.xact_start - interval ''10 minutes'' as xact_start,');
        end
        $do$;
        """
}

/// Counts, and lets those wait who need so many.
private final class Gate: Sendable {
    private let state = Mutex<(count: Int, waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)])>(
        (0, []))

    func open() {
        let ready = state.withLock { state in
            state.count += 1
            let ready = state.waiters.filter { $0.count <= state.count }
            state.waiters.removeAll { $0.count <= state.count }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if state.count < count { state.waiters.append((count, continuation)) }
                return state.count >= count
            }
            if isOpen { continuation.resume() }
        }
    }
}
