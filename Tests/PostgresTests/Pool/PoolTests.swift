import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct PoolTests {
    private struct Stop: Error, Equatable {}

    private func pool(_ maximumConnections: Int = 1, waitLimitSeconds: Double = 30) throws -> Pool {
        Pool(
            settings: try TestServer.settings(), maximumConnections: maximumConnections,
            waitLimitSeconds: waitLimitSeconds)
    }

    private func processID(_ pool: Pool) async throws -> Int {
        try await pool.withConnection { await $0.backendProcessID }
    }

    /// Returns when so many tasks wait.
    private func untilWaiting(_ count: Int, for pool: Pool) async {
        while pool.waiterCount != count { await Task.yield() }
    }

    @Test func `a connection is used again and configured once`() async throws {
        let configured = Shared(0)
        let settings = try TestServer.settings()
        let pool = Pool(settings: settings, maximumConnections: 2, waitLimitSeconds: 30) { connection in
            configured.change { $0 += 1 }
            try await connection.execute("set application_name = 'configured'")
        }
        let first = try await processID(pool)
        #expect(try await processID(pool) == first)
        let name: String = try await pool.withConnection {
            try await $0.value("select current_setting('application_name') as value")
        }
        #expect(name == "configured")
        #expect(configured.value == 1)
        #expect(pool.openCount == 1)
        await pool.close()
    }

    @Test func `a body's error is thrown on and the connection kept`() async throws {
        let pool = try pool()
        let first = try await processID(pool)
        await #expect(throws: Stop()) { try await pool.withConnection { _ in throw Stop() } }
        #expect(try await processID(pool) == first)
        await pool.close()
    }

    /// As of a server that has become a standby: another connection may reach the one that took over.
    @Test func `a connection whose server refuses to write is not used again`() async throws {
        let pool = try pool()
        let first = try await pool.withConnection { connection in
            try await connection.execute("set default_transaction_read_only = on")
            let error = try await failure { try await connection.execute("create table refused ()") }
            #expect(error.sqlState == "25006")
            return await connection.backendProcessID
        }
        #expect(try await processID(pool) != first)
        #expect(pool.openCount == 1)
        await pool.close()
    }

    @Test func `no more connections than allowed are open`() async throws {
        let pool = try pool(3)
        let current = Shared(0)
        let largest = Shared(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...40 {
                group.addTask {
                    try await pool.withConnection { connection in
                        let now = current.change { $0 += 1 }
                        largest.change { $0 = max($0, now) }
                        _ = try await connection.query("select 1")
                        current.change { $0 -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(largest.value == 3)
        #expect(pool.openCount == 3)
        await pool.close()
        #expect(pool.openCount == 0)
    }

    @Test func `waiting longer than the limit is an error of its own`() async throws {
        let pool = try pool(waitLimitSeconds: 0.01)
        try await pool.withConnection { _ in
            let error = try await failure { try await processID(pool) }
            #expect(error.kind == .poolTimeout)
            #expect(error.description == "no connection became free within 0.01 seconds: all are in use")
            #expect(pool.waiterCount == 0)
        }
        #expect(try await processID(pool) > 0)
        await pool.close()
    }

    @Test func `waiters are served in the order they came`() async throws {
        let pool = try pool()
        let order = Shared<[Int]>([])
        var tasks: [Task<Void, any Error>] = []
        try await pool.withConnection { _ in
            for number in 1...10 {
                tasks.append(
                    Task { try await pool.withConnection { _ in _ = order.change { $0.append(number) } } })
                await untilWaiting(number, for: pool)
            }
        }
        for task in tasks { try await task.value }
        #expect(order.value == Array(1...10))
        await pool.close()
    }

    @Test func `a cancelled waiter leaves the queue`() async throws {
        let pool = try pool()
        try await pool.withConnection { _ in
            let task = Task { try await processID(pool) }
            await untilWaiting(1, for: pool)
            task.cancel()
            let error = try await failure { try await task.value }
            #expect(error.kind == .cancelled)
            #expect(pool.waiterCount == 0)
        }
        #expect(try await processID(pool) > 0)
        await pool.close()
    }

    @Test func `a connection ended while idle is replaced unnoticed`() async throws {
        let pool = try pool()
        let first = try await processID(pool)
        try await TestServer.kill(first)
        let value: Int = try await pool.withConnection { try await $0.value("select 1 as value") }
        #expect(value == 1)
        #expect(try await processID(pool) != first)
        #expect(pool.openCount == 1)
        await pool.close()
    }

    @Test func `a connection ended while lent is not lent again`() async throws {
        let pool = try pool()
        let first = try await processID(pool)
        let error = try await failure {
            try await pool.withConnection { connection in
                try await TestServer.kill(first)
                _ = try await connection.query("select 1")
            }
        }
        #expect(error.kind == .connection)
        #expect(try await processID(pool) != first)
        await pool.close()
    }

    @Test func `a broken connection's place goes to the next waiter`() async throws {
        let pool = try pool()
        let waiting = try await pool.withConnection { connection in
            let task = Task { try await processID(pool) }
            await untilWaiting(1, for: pool)
            await connection.close()
            return task
        }
        #expect(try await waiting.value > 0)
        await pool.close()
    }

    @Test func `a connection inside a transaction is not lent again`() async throws {
        let pool = try pool()
        let first = try await pool.withConnection { connection in
            try await connection.script(Statement(name: "begin", text: "begin"))
            return await connection.backendProcessID
        }
        #expect(try await processID(pool) != first)
        await pool.close()
    }

    @Test func `a connection with an open stream is not lent again, with a dropped one it is`() async throws {
        let pool = try pool()
        let statement = Statement(name: "series", text: "select n from generate_series(1, 1000000) n")
        var kept: RowStream.Iterator?
        let first = try await pool.withConnection { connection in
            var iterator = connection.stream(statement).makeAsyncIterator()
            _ = try await iterator.next()
            kept = iterator
            return await connection.backendProcessID
        }
        let second = try await pool.withConnection { connection in
            for try await _ in connection.stream(statement) { break }
            return await connection.backendProcessID
        }
        #expect(second != first)
        #expect(try await processID(pool) == second)
        #expect(kept != nil)
        await pool.close()
    }

    @Test func `a failure to connect gives the place back`() async throws {
        let pool = Pool(
            settings: ConnectionSettings(["host": "/nonexistent"]), maximumConnections: 1, waitLimitSeconds: 30)
        for _ in 1...3 { #expect(try await failure { try await processID(pool) }.kind == .connection) }
        #expect(pool.openCount == 0)
        await pool.close()
    }

    @Test func `a failure to configure gives the place back`() async throws {
        let pool = Pool(settings: try TestServer.settings(), maximumConnections: 1, waitLimitSeconds: 30) { _ in
            throw Stop()
        }
        for _ in 1...3 { await #expect(throws: Stop()) { try await pool.withConnection { _ in } } }
        #expect(pool.openCount == 0)
        await pool.close()
    }

    @Test func `a closed pool turns everybody away`() async throws {
        let pool = try pool()
        try await pool.withConnection { connection in
            let task = Task { try await processID(pool) }
            await untilWaiting(1, for: pool)
            await pool.close()
            let error = try await failure { try await task.value }
            #expect(error.kind == .closed)
            let value = try await connection.value("select 1 as value", as: Int.self)
            #expect(value == 1)
        }
        #expect(pool.openCount == 0)
        #expect(try await failure { try await processID(pool) }.kind == .closed)
    }
}
