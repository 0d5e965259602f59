import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct RowTests {
    private func row(_ text: String) async throws -> Row {
        let connection = try await TestServer.connect()
        let rows = try await connection.query(Statement(name: "accounts.one", text: text))
        return try #require(rows.first)
    }

    @Test func `a column of another type is refused with column, type and statement`() async throws {
        let row = try await row("select 'x'::text as owner")
        let error = try await failure { try row.decode("owner", as: Int.self) }
        #expect(error.kind == .decoding)
        #expect(error.column == "owner")
        #expect(error.statementName == "accounts.one")
        #expect(
            error.description == "statement accounts.one: column \"owner\" is text, which cannot be read as Int")
    }

    @Test func `a wrong type is noticed even where the value is null`() async throws {
        let row = try await row("select null::text as owner")
        let error = try await failure { try row.decodeIfPresent("owner", as: Int.self) }
        #expect(error.kind == .decoding)
    }

    @Test func `null is refused where a value is wanted`() async throws {
        let row = try await row("select null::int4 as seats")
        let error = try await failure { try row.decode("seats", as: Int.self) }
        #expect(
            error.description
                == "statement accounts.one: column \"seats\" is null where Int was wanted: read it as optional")
    }

    @Test func `an unknown column is refused with the columns there are`() async throws {
        let row = try await row("select 1 as a, 2 as b")
        let error = try await failure { try row.decode("c", as: Int.self) }
        #expect(error.description == "statement accounts.one: there is no column \"c\", only a, b")
        #expect(row.columnNames == ["a", "b"])
    }

    @Test func `a name that two columns carry is refused`() async throws {
        let row = try await row("select 1 as a, 2 as a, 3 as b")
        #expect(try await failure { try row.decode("a", as: Int.self) }.column == "a")
        #expect(try row.decode("b", as: Int.self) == 3)
    }

    @Test func `a null in an array is refused where values are wanted`() async throws {
        let row = try await row("select array[1, null] as list")
        let error = try await failure { try row.decode("list", as: [Int].self) }
        #expect(error.message.contains("the array holds a null"))
        #expect(try row.decode("list", as: [Int?].self) == [1, nil])
    }

    @Test func `an array of two dimensions is refused`() async throws {
        let row = try await row("select array[[1, 2], [3, 4]] as list")
        let error = try await failure { try row.decode("list", as: [Int].self) }
        #expect(error.message.contains("2 dimensions"))
    }

    @Test func `rows keep their values apart`() async throws {
        let connection = try await TestServer.connect()
        let rows = try await connection.query(
            "select n::int4 as n, case when n % 2 = 0 then repeat('x', n) end as text from generate_series(0, 9) n")
        #expect(rows.count == 10)
        for (index, row) in rows.enumerated() {
            #expect(try row.decode("n", as: Int.self) == index)
            let expected = index % 2 == 0 ? String(repeating: "x", count: index) : nil
            #expect(try row.decodeIfPresent("text", as: String.self) == expected)
        }
    }
}
