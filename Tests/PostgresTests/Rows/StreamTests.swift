import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct StreamTests {
    private func series(_ count: Int) -> Statement {
        Statement(
            name: "series",
            text: "select n::int8 as n, repeat('x', 100) as filler from generate_series(1, \(count)) n")
    }

    @Test func `all rows arrive in order`() async throws {
        let connection = try await TestServer.connect()
        var sum = 0
        var last = 0
        for try await row in connection.stream(series(100_000)) {
            let number = try row.decode("n", as: Int.self)
            #expect(number == last + 1)
            last = number
            sum += number
        }
        #expect(last == 100_000)
        #expect(sum == 5_000_050_000)
        #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
    }

    @Test func `a stream takes parameters and may be empty`() async throws {
        let connection = try await TestServer.connect()
        let statement = Statement(name: "range", text: "select n from generate_series(1, $1::int4) n")
        var counts: [Int] = []
        for limit in [0, 1, 3] {
            var count = 0
            for try await _ in connection.stream(statement, [limit]) { count += 1 }
            counts.append(count)
        }
        #expect(counts == [0, 1, 3])
    }

    @Test func `leaving early leaves the connection usable`() async throws {
        let connection = try await TestServer.connect()
        for _ in 1...20 {
            var count = 0
            for try await _ in connection.stream(series(100_000)) {
                count += 1
                if count == 10 { break }
            }
            #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
        }
        #expect(await connection.transactionStatus == .idle)
    }

    @Test func `leaving early ends the query without another statement`() async throws {
        let connection = try await TestServer.connect()
        let observer = try await TestServer.connect()
        for try await _ in connection.stream(series(1_000_000)) { break }
        let state = "select state as value from pg_stat_activity where pid = $1::int4"
        let processID = await connection.backendProcessID
        while try await observer.value(state, [processID], as: String.self) != "idle" {}
        #expect(try await connection.value("select 2 as value", as: Int.self) == 2)
    }

    @Test func `leaving early inside a transaction does not spoil it`() async throws {
        let connection = try await TestServer.connect()
        let series = series(100_000)
        try await connection.transaction { connection in
            try await connection.execute("create temp table item (id int4) on commit drop")
            for try await _ in connection.stream(series) { break }
            #expect(try await connection.execute("insert into item values (1)") == 1)
        }
        #expect(await connection.transactionStatus == .idle)
    }

    @Test func `a slow reader holds the server back`() async throws {
        let connection = try await TestServer.connect()
        let observer = try await TestServer.connect()
        let processID = await connection.backendProcessID
        let count = 500_000
        var iterator = connection.stream(series(count), bufferedRows: 10).makeAsyncIterator()
        #expect(try await iterator.next() != nil)
        #expect((0...9).contains(iterator.bufferedRowCount))
        // The server stops at a full socket: it has not been read further than the rows asked for.
        let waiting = "select coalesce(wait_event, '') as value from pg_stat_activity where pid = $1::int4"
        while try await observer.value(waiting, [processID], as: String.self) != "ClientWrite" {}
        var received = 1
        while try await iterator.next() != nil {
            received += 1
            if iterator.bufferedRowCount > 9 { break }
        }
        #expect(received == count)
    }

    @Test func `large rows fill a portion by their bytes`() async throws {
        let connection = try await TestServer.connect()
        let statement = Statement(
            name: "large", text: "select repeat('x', 1000000) as filler from generate_series(1, 40)")
        var iterator = connection.stream(statement).makeAsyncIterator()
        var count = 0
        var largest = 0
        while let row = try await iterator.next() {
            count += 1
            largest = max(largest, iterator.bufferedRowCount)
            #expect(try row.decode("filler", as: String.self).utf8.count == 1_000_000)
        }
        #expect(count == 40)
        #expect(largest < 10)
    }

    @Test func `an error in the middle comes after the rows before it`() async throws {
        let connection = try await TestServer.connect()
        let statement = Statement(
            name: "failing", text: "select 1 / (500 - n) as n from generate_series(1, 1000) n")
        var count = 0
        let error = try await failure {
            for try await _ in connection.stream(statement) { count += 1 }
        }
        #expect(error.sqlState == "22012")
        #expect(error.statementName == "failing")
        #expect(count == 499)
        #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
    }

    @Test func `a statement that fails at once throws from the first row`() async throws {
        let connection = try await TestServer.connect()
        let statement = Statement(name: "broken", text: "select missing")
        #expect(try await failure { for try await _ in connection.stream(statement) {} }.sqlState == "42703")
        #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
    }

    @Test func `another statement during a stream is refused by name`() async throws {
        let connection = try await TestServer.connect()
        var iterator = connection.stream(series(100_000)).makeAsyncIterator()
        _ = try await iterator.next()
        let error = try await failure { try await connection.query("select 1") }
        #expect(error.kind == .busy)
        #expect(error.message.contains("statement series"))
        var count = 1
        while try await iterator.next() != nil { count += 1 }
        #expect(count == 100_000)
        #expect(try await iterator.next() == nil)
        #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
    }
}
