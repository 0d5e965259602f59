import Postgres
import Testing

/// A closed list that a column may keep.
private enum Colour: String, PostgresWord {
    case red
    case darkGreen = "dark green"
}

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

    @Test func `a word of a closed list is bound and read, alone and in arrays`() async throws {
        let connection = try await TestServer.connect()
        let rows = try await connection.query(
            Statement(name: "colours", text: "select $1::text as one, $2::text[] as list, null::text as none"),
            [Colour.darkGreen, [Colour.red, .darkGreen]])
        let row = try #require(rows.first)
        #expect(try row.decode("one", as: String.self) == "dark green")
        #expect(try row.decode("one", as: Colour.self) == .darkGreen)
        #expect(try row.decode("list", as: [Colour].self) == [.red, .darkGreen])
        #expect(try row.decodeIfPresent("none", as: Colour.self) == nil)
        await connection.close()
    }

    @Test func `a word that the list does not have is refused with column, word and list`() async throws {
        let row = try await row("select 'blue'::text as paint, array['red', 'Red'] as paints")
        let error = try await failure { try row.decode("paint", as: Colour.self) }
        #expect(error.kind == .decoding && error.column == "paint")
        #expect(
            error.description == "statement accounts.one: column \"paint\" cannot be read as Colour: "
                + "\"blue\" is none of red, dark green")
        #expect(
            try await failure { try row.decode("paints", as: [Colour].self) }.message.contains("\"Red\" is none of"))
    }

    @Test func `a column of words is read as a whole, and refused where one is none`() async throws {
        let connection = try await TestServer.connect()
        let table = try await connection.table(
            Statement(
                name: "colours",
                text: "values ('red', 'red', 1), (null, 'dark green', 2), ('dark green', 'blue', 3) order by 3"), [])
        #expect(try table.words("column1", as: Colour.self) == [.red, nil, .darkGreen])
        let error = try await failure { try table.words("column2", as: Colour.self) }
        #expect(
            error.description == "statement colours: column \"column2\" cannot be read as Colour: "
                + "\"blue\" is none of red, dark green")
        await connection.close()
    }
}
