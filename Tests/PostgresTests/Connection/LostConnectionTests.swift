import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct LostConnectionTests {
    private func expectLost(_ connection: Connection) async throws {
        #expect(await connection.isBroken)
        let later = try await failure { try await connection.query("select 1") }
        #expect(later.kind == .connection)
        #expect(later.message.contains("the connection was lost earlier"))
        #expect(!later.description.contains("\n"))
        let stream = connection.stream(Statement(name: "later", text: "select 1"))
        #expect(try await failure { for try await _ in stream {} }.kind == .connection)
        #expect(try await failure { try await connection.transaction { _ in } }.kind == .connection)
        await connection.close()
    }

    @Test func `a connection ended while idle`() async throws {
        let connection = try await TestServer.connect()
        try await TestServer.kill(await connection.backendProcessID)
        let error = try await failure { try await connection.query("select 1") }
        #expect(error.kind == .connection)
        #expect(error.sqlState == "57P01")
        #expect(error.message.contains("the connection was lost"))
        try await expectLost(connection)
    }

    @Test func `a connection ended while a statement runs`() async throws {
        let signals = try NoticeSignals()
        let connection = try await Connection.open(signals.settings)
        let processID = await connection.backendProcessID
        let task = Task { try await connection.execute(NoticeSignals.endless) }
        _ = await signals.next()
        try await TestServer.kill(processID)
        let error = try await failure { try await task.value }
        #expect(error.kind == .connection)
        #expect(error.sqlState == "57P01")
        try await expectLost(connection)
    }

    @Test func `a connection ended inside a transaction`() async throws {
        let connection = try await TestServer.connect()
        var runs = 0
        let error = try await failure {
            try await connection.transaction(attempts: 3) { connection in
                runs += 1
                _ = try await connection.query("select 1")
                try await TestServer.kill(await connection.backendProcessID)
                _ = try await connection.query("select 2")
            }
        }
        #expect(error.kind == .connection)
        #expect(runs == 1)
        try await expectLost(connection)
    }

    @Test func `a connection ended during COMMIT leaves the outcome open`() async throws {
        let connection = try await TestServer.connect()
        try await connection.script(
            Statement(
                name: "setup",
                text: """
                    create temp table item (id int4);
                    create function pg_temp.leave() returns trigger language plpgsql as
                        $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
                    create constraint trigger leave after insert on item deferrable initially deferred
                        for each row execute function pg_temp.leave();
                    """))
        let error = try await failure {
            try await connection.transaction { connection in
                try await connection.execute("insert into item values (1)")
            }
        }
        #expect(error.kind == .connection)
        #expect(error.message.hasSuffix("whether the transaction was committed is not known"))
        try await expectLost(connection)
    }

    @Test func `a connection ended in the middle of a stream`() async throws {
        let connection = try await TestServer.connect()
        let processID = await connection.backendProcessID
        let statement = Statement(name: "endless", text: "select generate_series(1, 1000000000) as n")
        let error = try await failure {
            var isFirst = true
            for try await _ in connection.stream(statement) where isFirst {
                isFirst = false
                try await TestServer.kill(processID)
            }
        }
        #expect(error.kind == .connection)
        #expect(error.statementName == "endless")
        try await expectLost(connection)
    }

    @Test func `a connection ended in the middle of a COPY`() async throws {
        let connection = try await TestServer.connect()
        try await connection.execute("create temp table item (id int4)")
        let processID = await connection.backendProcessID
        let error = try await failure {
            try await connection.copyIn(Statement(name: "copy", text: "copy item from stdin")) { writer in
                try await writer.write(Array("1\n".utf8))
                try await TestServer.kill(processID)
                try await writer.write(Array("2\n".utf8))
            }
        }
        #expect(error.kind == .connection)
        try await expectLost(connection)
    }
}
