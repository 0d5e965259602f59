import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct CancellationTests {
    @Test func `a cancelled task cancels its statement and the connection stays usable`() async throws {
        let signals = try NoticeSignals()
        let connection = try await Connection.open(signals.settings)
        let task = Task { try await connection.execute(NoticeSignals.endless) }
        _ = await signals.next()
        task.cancel()
        let error = try await failure { try await task.value }
        #expect(error.kind == .cancelled)
        #expect(error.statementName == "test")
        #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
    }

    @Test func `a cancellation never hits the next statement`() async throws {
        let connection = try await TestServer.connect()
        for _ in 1...200 {
            let task = Task { try await connection.value("select 1 as value", as: Int.self) }
            task.cancel()
            switch await task.result {
            case .success(let value): #expect(value == 1)
            case .failure(let error): #expect((error as? PostgresError)?.kind == .cancelled)
            }
            #expect(try await connection.value("select 2 as value", as: Int.self) == 2)
        }
    }

    @Test func `a task cancelled before it asks runs nothing`() async throws {
        let connection = try await TestServer.connect()
        try await connection.execute("create temp table item (id int4)")
        let task = Task {
            // The task's handle is used only inside the closure.
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await connection.execute("insert into item values (1)")
        }
        #expect(try await failure { try await task.value }.kind == .cancelled)
        #expect(try await connection.value("select count(*) as value from item", as: Int.self) == 0)
    }

    @Test func `cancelling inside a transaction rolls it back`() async throws {
        let signals = try NoticeSignals()
        let connection = try await Connection.open(signals.settings)
        try await connection.execute("create temp table item (id int4)")
        let task = Task {
            try await connection.transaction { connection in
                try await connection.execute("insert into item values (1)")
                try await connection.execute(NoticeSignals.endless)
            }
        }
        _ = await signals.next()
        task.cancel()
        #expect(try await failure { try await task.value }.kind == .cancelled)
        #expect(await connection.transactionStatus == .idle)
        #expect(try await connection.value("select count(*) as value from item", as: Int.self) == 0)
    }

    @Test func `cancelling a stream ends it`() async throws {
        let connection = try await TestServer.connect()
        let statement = Statement(name: "endless", text: "select generate_series(1, 1000000000) as n")
        let (firstRow, rowArrived) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            for try await _ in connection.stream(statement) { rowArrived.yield() }
        }
        var signal = firstRow.makeAsyncIterator()
        await signal.next()
        task.cancel()
        #expect(try await failure { try await task.value }.kind == .cancelled)
        #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
    }

    @Test func `cancelling a COPY into a table leaves nothing behind`() async throws {
        let connection = try await TestServer.connect()
        try await connection.execute("create temp table item (id int4)")
        let (firstWrite, written) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await connection.copyIn(Statement(name: "copy", text: "copy item from stdin")) { writer in
                while true {
                    try await writer.write(Array("1\n".utf8))
                    written.yield()
                }
            }
        }
        var signal = firstWrite.makeAsyncIterator()
        await signal.next()
        task.cancel()
        #expect(try await failure { try await task.value }.kind == .cancelled)
        #expect(try await connection.value("select count(*) as value from item", as: Int.self) == 0)
    }

    @Test func `a time limit of the server is the server's error`() async throws {
        let connection = try await TestServer.connect()
        try await connection.execute("set statement_timeout = '1ms'")
        let error = try await failure { try await connection.execute(NoticeSignals.endless) }
        #expect(error.kind == .server)
        #expect(error.sqlState == "57014")
    }
}
