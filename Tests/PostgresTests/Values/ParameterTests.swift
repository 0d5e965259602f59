import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct ParameterTests {
    @Test func `integers are bound to the width the statement wants`() async throws {
        let connection = try await TestServer.connect()
        #expect(try await connection.value("select $1::int2 as value", [7], as: Int16.self) == 7)
        #expect(try await connection.value("select $1::int4 as value", [7], as: Int32.self) == 7)
        #expect(try await connection.value("select $1::int8 as value", [Int16(7)], as: Int64.self) == 7)
        #expect(try await connection.value("select $1::int4[] as value", [[7, 8]], as: [Int32].self) == [7, 8])
    }

    @Test func `text is bound to types that have no Swift type`() async throws {
        let connection = try await TestServer.connect()
        #expect(try await connection.value("select ($1::numeric * 2)::text as value", ["1.25"]) == "2.50")
        #expect(try await connection.value("select $1::interval::text as value", ["1 day"]) == "1 day")
        #expect(try await connection.value("select $1::inet::text as value", ["::1"]) == "::1/128")
    }

    @Test func `a value of the wrong type is refused with the parameter's number`() async throws {
        let connection = try await TestServer.connect()
        let error = try await failure {
            try await connection.query("select $1::text as a, $2::int4 as b", ["x", "y"])
        }
        #expect(error.kind == .encoding)
        #expect(
            error.description == "statement test: parameter $2 is int4, which cannot be bound to a Swift String")
        #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
    }

    @Test(arguments: [("int2", 32_768), ("int4", 2_147_483_648), ("int4", -2_147_483_649)])
    func `an integer too large for the parameter is refused`(type: String, value: Int) async throws {
        let connection = try await TestServer.connect()
        let error = try await failure { try await connection.query("select $1::\(type)", [value]) }
        #expect(error.kind == .encoding)
        #expect(error.message == "the value of parameter $1 cannot be held by \(type)")
    }

    @Test func `a wrong number of parameters is refused`() async throws {
        let connection = try await TestServer.connect()
        let error = try await failure { try await connection.query("select $1::int4, $2::int4", [1]) }
        #expect(error.description == "statement test: 1 parameters are given, the statement has 2")
    }

    @Test func `a null is bound first and a value afterwards`() async throws {
        let connection = try await TestServer.connect()
        let statement = Statement(name: "coalesce", text: "select coalesce($1::int4, -1) as value")
        #expect(try await connection.query(statement, [nil]).first?.decode("value", as: Int.self) == -1)
        #expect(try await connection.query(statement, [5]).first?.decode("value", as: Int.self) == 5)
    }

    @Test func `empty text and empty bytes are not null`() async throws {
        let connection = try await TestServer.connect()
        let text = "select $1::text is null or $2::bytea is null or $3::numeric is null as value"
        #expect(try await connection.value(text, ["", [UInt8](), "1"]) == false)
    }

    @Test func `a zero byte in text is refused and not cut`() async throws {
        let connection = try await TestServer.connect()
        #expect(try await failure { try await connection.query("select $1::text", ["a\0b"]) }.sqlState == "22021")
        #expect(try await failure { try await connection.query("select $1::jsonb", ["1\0"]) }.kind == .encoding)
        #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
    }
}
