import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct TransactionTests {
    private struct Stop: Error, Equatable {}

    private func tableOnNewConnection() async throws -> Connection {
        let connection = try await TestServer.connect()
        try await connection.execute("create temp table item (id int4 unique deferrable initially deferred)")
        return connection
    }

    private func count(_ connection: Connection) async throws -> Int {
        try await connection.value("select count(*) as value from item")
    }

    /// A table that two connections see.
    private func sharedTable(_ name: String, _ connection: Connection) async throws {
        try await connection.script(
            Statement(
                name: "setup",
                text: """
                    drop table if exists \(name);
                    create table \(name) (id int4 primary key, amount int4 not null);
                    insert into \(name) values (1, 0), (2, 0);
                    """))
    }

    @Test func `a body that returns is committed`() async throws {
        let connection = try await tableOnNewConnection()
        let result = try await connection.transaction { connection in
            try await connection.execute("insert into item values (1)")
            #expect(await connection.transactionStatus == .inTransaction)
            return "done"
        }
        #expect(result == "done")
        #expect(await connection.transactionStatus == .idle)
        #expect(try await count(connection) == 1)
    }

    @Test func `a dry run gives what would have come of it and changes nothing`() async throws {
        let connection = try await tableOnNewConnection()
        func add(_ id: Int, _ connection: Connection) async throws -> Int {
            try await connection.execute("insert into item values (\(id))")
            return try await count(connection)
        }
        #expect(try await connection.transaction(isDryRun: true) { try await add(1, $0) } == 1)
        #expect(try await connection.rehearse { try await add(1, $0) } == 1)
        #expect(await connection.transactionStatus == .idle)
        #expect(try await count(connection) == 0)
        let both = try await connection.transaction { connection in
            let kept = try await add(1, connection)
            let rehearsed = try await connection.savepoint(isDryRun: true) { try await add(2, $0) }
            #expect(await connection.transactionStatus == .inTransaction)
            return [kept, rehearsed, try await count(connection)]
        }
        #expect(both == [1, 2, 1])
        #expect(try await count(connection) == 1)
    }

    @Test func `a dry run that fails throws its error on`() async throws {
        let connection = try await tableOnNewConnection()
        await #expect(throws: Stop()) { try await connection.rehearse { _ in throw Stop() } }
        #expect(await connection.transactionStatus == .idle)
        // What a body makes of its own failed statement is its answer, for nothing was to be kept.
        let answer = try await connection.rehearse { connection in
            (try? await connection.execute("select 1 / 0")) == nil ? "failed" : "done"
        }
        #expect(answer == "failed")
        #expect(await connection.transactionStatus == .idle)
    }

    @Test func `a body that throws is rolled back and its error thrown on`() async throws {
        let connection = try await tableOnNewConnection()
        await #expect(throws: Stop()) {
            try await connection.transaction { connection in
                try await connection.execute("insert into item values (1)")
                throw Stop()
            }
        }
        #expect(await connection.transactionStatus == .idle)
        #expect(try await count(connection) == 0)
    }

    @Test func `a failed statement rolls back`() async throws {
        let connection = try await tableOnNewConnection()
        let error = try await failure {
            try await connection.transaction { connection in
                try await connection.execute("insert into item values (1)")
                try await connection.execute("select 1 / 0")
            }
        }
        #expect(error.sqlState == "22012")
        #expect(await connection.transactionStatus == .idle)
        #expect(try await count(connection) == 0)
    }

    @Test func `an ignored error does not pass for a commit`() async throws {
        let connection = try await tableOnNewConnection()
        let error = try await failure {
            try await connection.transaction { connection in
                try await connection.execute("insert into item values (1)")
                _ = try? await connection.execute("select 1 / 0")
            }
        }
        #expect(error.kind == .transaction)
        #expect(error.message.contains("rolled back"))
        #expect(try await count(connection) == 0)
    }

    @Test func `a COMMIT that fails is reported`() async throws {
        let connection = try await tableOnNewConnection()
        let error = try await failure {
            try await connection.transaction { connection in
                try await connection.execute("insert into item values (1), (1)")
            }
        }
        #expect(error.sqlState == "23505")
        #expect(error.constraint == "item_id_key")
        #expect(error.statementName == "commit")
        #expect(await connection.transactionStatus == .idle)
        #expect(try await count(connection) == 0)
    }

    @Test func `a transaction inside a transaction is refused`() async throws {
        let connection = try await tableOnNewConnection()
        try await connection.transaction { connection in
            try await connection.execute("insert into item values (1)")
            let error = try await failure { try await connection.transaction { _ in } }
            #expect(error.kind == .transaction)
        }
        #expect(try await count(connection) == 1)
    }

    @Test func `read only refuses writing`() async throws {
        let connection = try await TestServer.connect()
        let error = try await failure {
            try await connection.transaction(readOnly: true) { connection in
                try await connection.execute("create table never_made (id int4)")
            }
        }
        #expect(error.sqlState == "25006")
        #expect(await !connection.isBroken)
    }

    @Test(arguments: IsolationLevel.allCases)
    func `the isolation level is the one asked for`(level: IsolationLevel) async throws {
        let connection = try await TestServer.connect()
        let found: String = try await connection.transaction(isolation: level) { connection in
            try await connection.value("select current_setting('transaction_isolation') as value")
        }
        #expect(found == level.rawValue)
    }

    @Test func `a savepoint undoes its own part only`() async throws {
        let connection = try await tableOnNewConnection()
        try await connection.transaction { connection in
            try await connection.execute("insert into item values (1)")
            let error = try await failure {
                try await connection.savepoint("odd \" name") { connection in
                    try await connection.execute("insert into item values (2)")
                    try await connection.execute("select 1 / 0")
                }
            }
            #expect(error.sqlState == "22012")
            let kept = try await connection.savepoint { connection in
                await #expect(throws: Stop()) {
                    try await connection.savepoint { connection in
                        try await connection.execute("insert into item values (3)")
                        throw Stop()
                    }
                }
                return try await connection.execute("insert into item values (4)")
            }
            #expect(kept == 1)
        }
        let rows = try await connection.query("select id from item order by id")
        #expect(try rows.map { try $0.decode("id", as: Int.self) } == [1, 4])
    }

    @Test func `an error ignored inside a savepoint undoes the savepoint`() async throws {
        let connection = try await tableOnNewConnection()
        try await connection.transaction { connection in
            let error = try await failure {
                try await connection.savepoint { connection in
                    try await connection.execute("insert into item values (2)")
                    _ = try? await connection.execute("select 1 / 0")
                }
            }
            #expect(error.sqlState == "25P02")
            try await connection.execute("insert into item values (5)")
        }
        #expect(try await count(connection) == 1)
    }

    /// An error of a caller's own, which hides the server's code.
    private struct Wrapped: Error {
        let underlying: any Error
    }

    @Test func `a serialization failure runs the whole transaction again`() async throws {
        let one = try await TestServer.connect()
        let other = try await TestServer.connect()
        try await sharedTable("client_test_serialization", one)
        var runs = 0
        let amount: Int = try await one.transaction(isolation: .repeatableRead, attempts: 3) { connection in
            runs += 1
            _ = try await connection.query("select amount from client_test_serialization")
            if runs == 1 {
                try await other.execute("update client_test_serialization set amount = 10 where id = 1")
            }
            do {
                try await connection.execute("update client_test_serialization set amount = amount + 1 where id = 1")
            } catch {
                throw Wrapped(underlying: error)
            }
            return try await connection.value("select amount as value from client_test_serialization where id = 1")
        }
        #expect(runs == 2)
        #expect(amount == 11)
        try await one.execute("drop table client_test_serialization")
    }

    @Test func `the last attempt's error is thrown`() async throws {
        let one = try await TestServer.connect()
        let other = try await TestServer.connect()
        try await sharedTable("client_test_attempts", one)
        var runs = 0
        let error = try await failure {
            try await one.transaction(isolation: .repeatableRead, attempts: 2) { connection in
                runs += 1
                _ = try await connection.query("select amount from client_test_attempts")
                try await other.execute("update client_test_attempts set amount = amount + 1 where id = 1")
                try await connection.execute("update client_test_attempts set amount = 0 where id = 1")
            }
        }
        #expect(runs == 2)
        #expect(error.sqlState == "40001")
        #expect(error.asksForRetry)
        try await one.execute("drop table client_test_attempts")
    }

    @Test func `a deadlock is resolved by another attempt`() async throws {
        let setup = try await TestServer.connect()
        try await sharedTable("client_test_deadlock", setup)
        let arrived = Shared(0)
        let runs = Shared(0)
        let (bothHold, open) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (first, second) in [(1, 2), (2, 1)] {
                group.addTask {
                    let connection = try await TestServer.connect()
                    try await connection.execute("set deadlock_timeout = '10ms'")
                    let update = "update client_test_deadlock set amount = amount + 1 where id = $1"
                    var isFirstRun = true
                    try await connection.transaction(attempts: 10) { connection in
                        runs.change { $0 += 1 }
                        try await connection.execute(update, [first])
                        if isFirstRun {
                            isFirstRun = false
                            let count = arrived.change { $0 += 1 }
                            if count == 2 { open.finish() }
                            for await _ in bothHold {}
                        }
                        try await connection.execute(update, [second])
                    }
                }
            }
            try await group.waitForAll()
        }
        // One of the two ran again, more than once if it was the faster one to take its first row again.
        #expect(runs.value > 2)
        let sum = "select sum(amount)::int8 as value from client_test_deadlock"
        #expect(try await setup.value(sum, as: Int.self) == 4)
        try await setup.execute("drop table client_test_deadlock")
    }
}
