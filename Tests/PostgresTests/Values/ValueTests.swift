import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct ValueTests {
    private func expectRoundTrip<Value: PostgresEncodable & PostgresDecodable & Equatable>(
        _ values: [Value], through cast: String
    ) async throws {
        let connection = try await TestServer.connect()
        for value in values {
            let row = try #require(try await connection.query("select $1::\(cast) as value", [value]).first)
            #expect(try row.decode("value", as: Value.self) == value)
        }
        let null = try #require(try await connection.query("select $1::\(cast) as value", [nil]).first)
        #expect(try null.decodeIfPresent("value", as: Value.self) == nil)
        await connection.close()
    }

    @Test func `integers come back with their extremes and null`() async throws {
        try await expectRoundTrip([0, -1, Int16.min, Int16.max], through: "int2")
        try await expectRoundTrip([0, -1, Int32.min, Int32.max], through: "int4")
        try await expectRoundTrip([0, -1, Int64.min, Int64.max], through: "int8")
        try await expectRoundTrip([0, -1, Int.min, Int.max], through: "int8")
    }

    @Test func `booleans and text come back with empty and unusual values`() async throws {
        try await expectRoundTrip([true, false], through: "bool")
        try await expectRoundTrip(["", "a", "Zoë 🦆\n\t\"'\\", String(repeating: "x", count: 100_000)], through: "text")
        try await expectRoundTrip(["", "ü"], through: "varchar")
        try await expectRoundTrip(["ä"], through: "name")
        try await expectRoundTrip([#"{"a": [1, null]}"#], through: "jsonb")
        try await expectRoundTrip([#"{"a" :  1}"#], through: "json")
    }

    @Test func `doubles come back with infinities and extremes`() async throws {
        let values = [
            0, -0.0, 0.1, .pi, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity, -.infinity,
        ]
        try await expectRoundTrip(values, through: "float8")
        try await expectRoundTrip([0.5, -1_024, .infinity], through: "float4")
        let connection = try await TestServer.connect()
        #expect(try await connection.value("select $1::float8 as value", [Double.nan], as: Double.self).isNaN)
    }

    @Test func `bytes come back, zero bytes and none at all`() async throws {
        try await expectRoundTrip([[], [0], Array(0...255)] as [[UInt8]], through: "bytea")
    }

    @Test func `dates and instants come back with infinities`() async throws {
        let days = [0, -1, 1, -2_451_545, 2_145_031_948].map { PostgresDate(daysSince2000: $0) }
        try await expectRoundTrip(days + [.infinity, .negativeInfinity], through: "date")
        let instants = [0, -1, 1, 252_455_615_999_999_999].map { PostgresTimestamp(microsecondsSince2000: $0) }
        try await expectRoundTrip(instants + [.infinity, .negativeInfinity], through: "timestamptz")
        try await expectRoundTrip(instants + [.infinity, .negativeInfinity], through: "timestamp")
    }

    @Test(arguments: [(0, "2000-01-01"), (59, "2000-02-29"), (366, "2001-01-01"), (-1, "1999-12-31")])
    func `a date is the day the server means`(days: Int, text: String) async throws {
        let connection = try await TestServer.connect()
        let date = PostgresDate(daysSince2000: Int32(days))
        #expect(try await connection.value("select $1::date::text as value", [date]) == text)
        #expect(try await connection.value("select '\(text)'::date as value") == date)
    }

    @Test func `an instant is the one the server means`() async throws {
        let connection = try await TestServer.connect()
        let instant = PostgresTimestamp(microsecondsSince2000: 86_400_000_000 + 1)
        let text = "select to_char($1::timestamptz at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as value"
        #expect(try await connection.value(text, [instant]) == "2000-01-02 00:00:00.000001")
        #expect(try await connection.value("select '2000-01-02 02:00:00.000001+02'::timestamptz as value") == instant)
    }

    @Test func `the infinities are greater and less than any day`() {
        #expect(PostgresDate.negativeInfinity < PostgresDate(daysSince2000: 0))
        #expect(PostgresDate(daysSince2000: 0) < .infinity)
        #expect(PostgresTimestamp.negativeInfinity < .infinity)
    }

    @Test func `arrays come back, empty ones too`() async throws {
        try await expectRoundTrip([[], [true, false]], through: "bool[]")
        try await expectRoundTrip([[], [Int16.min, 7]], through: "int2[]")
        try await expectRoundTrip([[], [Int32.max, -7]], through: "int4[]")
        try await expectRoundTrip([[], [Int64.max, -7]], through: "int8[]")
        try await expectRoundTrip([[], [Int.min, 7]], through: "int8[]")
        try await expectRoundTrip([[], [0.1, .infinity]], through: "float8[]")
        try await expectRoundTrip([[], ["", "a,b\"{}", "NULL"]], through: "text[]")
        try await expectRoundTrip([[], [PostgresDate(daysSince2000: 1), .infinity]], through: "date[]")
        try await expectRoundTrip([[], [PostgresTimestamp(microsecondsSince2000: 1)]], through: "timestamptz[]")
    }

    @Test func `arrays with nulls come back`() async throws {
        try await expectRoundTrip([[], [nil], [true, nil]] as [[Bool?]], through: "bool[]")
        try await expectRoundTrip([[nil, 7]] as [[Int16?]], through: "int2[]")
        try await expectRoundTrip([[nil, 7]] as [[Int32?]], through: "int4[]")
        try await expectRoundTrip([[nil, 7, nil]] as [[Int?]], through: "int8[]")
        try await expectRoundTrip([[nil, 0.5]] as [[Double?]], through: "float8[]")
        try await expectRoundTrip([[nil, "", "x"]] as [[String?]], through: "text[]")
        try await expectRoundTrip([[nil, PostgresDate(daysSince2000: 1)]] as [[PostgresDate?]], through: "date[]")
    }

    @Test func `narrower columns are read into wider integers`() async throws {
        let connection = try await TestServer.connect()
        #expect(try await connection.value("select (-5)::int2 as value", as: Int.self) == -5)
        #expect(try await connection.value("select (-5)::int4 as value", as: Int64.self) == -5)
        #expect(try await connection.value("select array[1, 2]::int2[] as value", as: [Int].self) == [1, 2])
    }

    @Test func `enumerations are read and written as text`() async throws {
        let connection = try await TestServer.connect()
        try await connection.execute("create type pg_temp.mood as enum ('calm', 'eager')")
        #expect(try await connection.value("select $1::pg_temp.mood as value", ["eager"]) == "eager")
    }

    @Test func `a user's type that is not text is refused by name`() async throws {
        let connection = try await TestServer.connect()
        try await connection.execute("create type pg_temp.pair as (a int4, b int4)")
        let error = try await failure {
            try await connection.value("select row(1, 2)::pg_temp.pair as value", as: String.self)
        }
        #expect(error.kind == .decoding)
        #expect(error.column == "value")
    }
}
