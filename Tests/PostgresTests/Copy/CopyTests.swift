import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct CopyTests {
    private struct Stop: Error, Equatable {}

    private static let columns = "id int4, name text, score float8, day date, tags text[]"
    private static let binaryIn = Statement(name: "items.load", text: "copy item from stdin (format binary)")
    private static let csvIn = Statement(name: "items.import", text: "copy item (id, name) from stdin (format csv)")

    private func tableOnNewConnection() async throws -> Connection {
        let connection = try await TestServer.connect()
        try await connection.execute("create temp table item (\(Self.columns))")
        return connection
    }

    private func count(_ connection: Connection) async throws -> Int {
        try await connection.value("select count(*) as value from item")
    }

    @Test func `rows of fixed width go in whole, and with values of other width behind them`() async throws {
        let connection = try await tableOnNewConnection()
        try await connection.execute("create temp table event (day date, at timestamptz, id int8, note text)")
        let load = Statement(name: "events.load", text: "copy event from stdin (format binary)")
        let stored = try await connection.copyIn(load) { writer in
            var buffer = BinaryCopyBuffer()
            buffer.appendRow([.int4(-1), .int8(-1_000_000_000_000), .int8(.max), .null])
            buffer.appendRow([.int4(9), .null, .int8(-2), .int8(0)], count: 3, extending: 1)
            buffer.append(utf8: Array("Zoë".utf8))
            buffer.finish()
            try await writer.write(buffer.take())
        }
        #expect(stored == 2)
        let rows = try await connection.query("select day, at, id, note from event order by day")
        #expect(try rows.map { try $0.decode("day", as: PostgresDate.self).daysSince2000 } == [-1, 9])
        #expect(
            try rows.map { try $0.decodeIfPresent("at", as: PostgresTimestamp.self)?.microsecondsSince2000 }
                == [-1_000_000_000_000, nil])
        #expect(try rows.map { try $0.decode("id", as: Int64.self) } == [.max, -2])
        #expect(try rows.map { try $0.decodeIfPresent("note", as: String.self) } == [nil, "Zoë"])
    }

    @Test func `rows go in in binary`() async throws {
        let connection = try await tableOnNewConnection()
        let stored = try await connection.copyIn(Self.binaryIn) { writer in
            var buffer = BinaryCopyBuffer()
            for id in 1...10_000 {
                buffer.beginRow(fieldCount: 5)
                buffer.append(Int32(id))
                buffer.append(id % 3 == 0 ? nil : "name \(id)")
                buffer.append(Double(id) / 8)
                buffer.append(PostgresDate(daysSince2000: Int32(id)))
                buffer.append(["a", nil] as [String?])
                if buffer.byteCount > 50_000 { try await writer.write(buffer.take()) }
            }
            buffer.finish()
            try await writer.write(buffer.take())
        }
        #expect(stored == 10_000)
        let sums = try #require(
            try await connection.query(
                "select count(name) as names, sum(score) as score, max(day) as day, max(id) as id from item"
            ).first)
        #expect(try sums.decode("names", as: Int.self) == 6_667)
        #expect(try sums.decode("score", as: Double.self) == 50_005_000 / 8)
        #expect(try sums.decode("day", as: PostgresDate.self) == PostgresDate(daysSince2000: 10_000))

        let rows = try await connection.query("select * from item where id <= 3 order by id")
        #expect(try rows.map { try $0.decodeIfPresent("name", as: String.self) } == ["name 1", "name 2", nil])
        #expect(try rows.allSatisfy { try $0.decode("tags", as: [String?].self) == ["a", nil] })
    }

    @Test func `no rows at all go in`() async throws {
        let connection = try await tableOnNewConnection()
        let stored = try await connection.copyIn(Self.binaryIn) { writer in
            var buffer = BinaryCopyBuffer()
            buffer.finish()
            try await writer.write(buffer.take())
        }
        #expect(stored == 0)
        #expect(try await connection.copyIn(Self.csvIn) { _ in } == 0)
    }

    @Test func `CSV goes in and comes out`() async throws {
        let connection = try await tableOnNewConnection()
        let stored = try await connection.copyIn(Self.csvIn) { writer in
            // Cut in the middle of a row and of a character.
            let bytes = Array("1,\"Zoë, the first\"\n2,\n".utf8)
            for byte in bytes { try await writer.write([byte]) }
        }
        #expect(stored == 2)
        var text: [UInt8] = []
        let out = Statement(
            name: "out", text: "copy (select id, name from item order by id) to stdout (format csv, header)")
        for try await chunk in connection.copyOut(out) { text += chunk }
        #expect(String(decoding: text, as: UTF8.self) == "id,name\n1,\"Zoë, the first\"\n2,\n")
    }

    @Test func `a large COPY comes out in bounded chunks`() async throws {
        let connection = try await TestServer.connect()
        let out = Statement(
            name: "large", text: "copy (select repeat('x', 99) from generate_series(1, 100000)) to stdout")
        var total = 0
        var largest = 0
        for try await chunk in connection.copyOut(out) {
            total += chunk.count
            largest = max(largest, chunk.count)
        }
        #expect(total == 10_000_000)
        #expect(largest < 100_000)
    }

    @Test func `leaving a COPY early leaves the connection usable`() async throws {
        let connection = try await TestServer.connect()
        let out = Statement(
            name: "large", text: "copy (select repeat('x', 99) from generate_series(1, 1000000)) to stdout")
        for _ in 1...5 {
            for try await _ in connection.copyOut(out) { break }
            #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
        }
        try await connection.transaction { connection in
            for try await _ in connection.copyOut(out) { break }
            #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
        }
    }

    @Test func `a body that throws leaves nothing behind`() async throws {
        let connection = try await tableOnNewConnection()
        await #expect(throws: Stop()) {
            try await connection.copyIn(Self.csvIn) { writer in
                try await writer.write(Array("1,one\n".utf8))
                throw Stop()
            }
        }
        #expect(try await count(connection) == 0)
        #expect(await connection.transactionStatus == .idle)
    }

    @Test func `malformed data leaves nothing behind and names the line`() async throws {
        let connection = try await tableOnNewConnection()
        let error = try await failure {
            try await connection.copyIn(Self.csvIn) { writer in
                try await writer.write(Array("1,one\nx,two\n".utf8))
            }
        }
        #expect(error.sqlState == "22P02")
        #expect(error.statementName == "items.import")
        #expect(error.context == "COPY item, line 2, column id: \"x\"")
        #expect(try await count(connection) == 0)
    }

    @Test func `binary data cut short is an error`() async throws {
        let connection = try await tableOnNewConnection()
        let error = try await failure {
            try await connection.copyIn(Self.binaryIn) { writer in
                var buffer = BinaryCopyBuffer()
                buffer.beginRow(fieldCount: 5)
                buffer.append(Int32(1))
                try await writer.write(buffer.take())
            }
        }
        #expect(error.sqlState == "22P04")
        #expect(try await count(connection) == 0)
    }

    @Test func `a statement that is no COPY is refused`() async throws {
        let connection = try await tableOnNewConnection()
        let select = Statement(name: "select", text: "select 1")
        let outwards = Statement(name: "outwards", text: "copy item to stdout")
        #expect(try await failure { try await connection.copyIn(select) { _ in } }.kind == .copy)
        #expect(try await failure { try await connection.copyIn(outwards) { _ in } }.kind == .copy)
        #expect(try await failure { for try await _ in connection.copyOut(select) {} }.kind == .copy)
        #expect(try await failure { for try await _ in connection.copyOut(Self.csvIn) {} }.kind == .copy)
        let broken = Statement(name: "broken", text: "copy missing from stdin")
        #expect(try await failure { try await connection.copyIn(broken) { _ in } }.sqlState == "42P01")
        #expect(try await count(connection) == 0)
    }

    @Test func `a writer is of no use after its COPY`() async throws {
        let connection = try await tableOnNewConnection()
        var escaped: CopyWriter?
        _ = try await connection.copyIn(Self.csvIn) { escaped = $0 }
        let writer = try #require(escaped)
        #expect(try await failure { try await writer.write([1]) }.kind == .copy)
        #expect(try await count(connection) == 0)
    }

    @Test func `a statement during a COPY is refused`() async throws {
        let connection = try await tableOnNewConnection()
        let stored = try await connection.copyIn(Self.csvIn) { writer in
            #expect(try await failure { try await connection.query("select 1") }.kind == .busy)
            try await writer.write(Array("1,one\n".utf8))
        }
        #expect(stored == 1)
    }
}
