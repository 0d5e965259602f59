import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct ConnectionTests {
    @Test func `a statement returns rows, a count, or nothing`() async throws {
        let connection = try await TestServer.connect()
        #expect(try await connection.execute("create temp table item (id int4)") == 0)
        #expect(try await connection.execute("insert into item select generate_series(1, 5)") == 5)
        #expect(try await connection.query("delete from item where id < $1 returning id", [3]).count == 2)
        #expect(try await connection.query("update item set id = id + 1").isEmpty)
        #expect(try await connection.query("").isEmpty)
        #expect(try await connection.execute("") == 0)
    }

    @Test func `a violated constraint is reported with its names`() async throws {
        let connection = try await TestServer.connect()
        try await connection.execute(
            "create temp table item (id int4 constraint item_once primary key, size int4 not null)")
        try await connection.execute("insert into item values (1, 1)")
        let duplicate = try await failure {
            try await connection.execute(Statement(name: "items.add", text: "insert into item values (1, 1)"))
        }
        #expect(duplicate.kind == .server)
        #expect(duplicate.sqlState == "23505")
        #expect(duplicate.constraint == "item_once")
        #expect(duplicate.table == "item")
        #expect(duplicate.detail == "Key (id)=(1) already exists.")
        #expect(duplicate.statementName == "items.add")
        #expect(duplicate.description.hasPrefix("statement items.add: duplicate key value violates"))
        #expect(!duplicate.description.contains("\n"))
        let null = try await failure { try await connection.execute("insert into item values (2, null)") }
        #expect(null.sqlState == "23502")
        #expect(null.column == "size")
    }

    @Test func `a syntax error is reported with its position`() async throws {
        let connection = try await TestServer.connect()
        let error = try await failure { try await connection.query("select 'é',\n  1 frm x") }
        #expect(error.sqlState == "42601")
        // Nothing is wrong with `1 frm`, an alias; the parser stops at `x`, the 21st character, on the second line.
        #expect(error.position == 21)
        #expect(error.line == 2)
        #expect(error.description.contains("line 2, character 21 of the statement"))
    }

    @Test func `a script runs several statements and stops at the first error`() async throws {
        let connection = try await TestServer.connect()
        try await connection.script(
            Statement(name: "script", text: "create temp table item (id int4); insert into item values (1), (2);"))
        #expect(try await connection.value("select count(*) as value from item", as: Int.self) == 2)
        let error = try await failure {
            try await connection.script(
                Statement(name: "script", text: "delete from item; select 1 / 0; insert into item values (3)"))
        }
        #expect(error.sqlState == "22012")
        #expect(try await connection.value("select count(*) as value from item", as: Int.self) == 2)
    }

    @Test func `a description names parameters and columns`() async throws {
        let connection = try await TestServer.connect()
        try await connection.execute("create temp table item (id int4, name text)")
        let description = try await connection.describe(
            Statement(name: "items", text: "select name, id * $1 as size from item where name = $2"))
        #expect(description.parameterTypes == [.int4, .text])
        #expect(description.columns.map(\.name) == ["name", "size"])
        #expect(description.columns.map(\.type) == [.text, .int4])
        #expect(description.columns.map(\.attributeNumber) == [2, 0])
        let table = try await connection.value("select 'pg_temp.item'::regclass::oid::int8 as value", as: Int.self)
        #expect(description.columns.map { Int($0.tableOID) } == [table, 0])
        let error = try await failure {
            try await connection.describe(Statement(name: "broken", text: "select missing from item"))
        }
        #expect(error.sqlState == "42703")
        #expect(error.statementName == "broken")
    }

    @Test func `a statement is prepared once`() async throws {
        let connection = try await TestServer.connect()
        for _ in 1...3 {
            _ = try await connection.query(Statement(name: "prepared.once", text: "select 1"))
        }
        let count = "select count(*) as value from pg_prepared_statements where name like '%prepared.once'"
        #expect(try await connection.value(count, as: Int.self) == 1)
    }

    @Test func `two texts of one name are two statements`() async throws {
        let connection = try await TestServer.connect()
        #expect(try await connection.value("select 1 as value", as: Int.self) == 1)
        #expect(try await connection.value("select 2 as value", as: Int.self) == 2)
    }

    @Test func `more statements than are kept prepared still run`() async throws {
        let connection = try await TestServer.connect()
        for number in 1...1_010 {
            #expect(try await connection.value("select \(number) as value", as: Int.self) == number)
        }
        let count = "select count(*) as value from pg_prepared_statements"
        #expect(try await connection.value(count, as: Int.self) <= 1_000)
    }

    @Test func `a statement survives a changed table and a lost preparation`() async throws {
        let connection = try await TestServer.connect()
        try await connection.execute("create temp table item (id int4)")
        try await connection.execute("insert into item values (1)")
        let statement = Statement(name: "items", text: "select * from item")
        #expect(try await connection.query(statement).first?.decode("id", as: Int.self) == 1)
        try await connection.script(Statement(name: "change", text: "alter table item add column name text"))
        #expect(try await connection.query(statement).first?.decodeIfPresent("name", as: String.self) == nil)
        try await connection.script(Statement(name: "forget", text: "deallocate all"))
        #expect(try await connection.query(statement).count == 1)
        try await connection.script(Statement(name: "forget", text: "deallocate all"))
        var streamed = 0
        for try await _ in connection.stream(statement) { streamed += 1 }
        #expect(streamed == 1)
    }

    @Test func `notices go to the closure`() async throws {
        let signals = try NoticeSignals()
        let connection = try await Connection.open(signals.settings)
        try await connection.execute("do $$ begin raise warning 'careful'; end $$")
        let notice = await signals.next()
        #expect(notice?.severity == "WARNING")
        #expect(notice?.message == "careful")
        #expect(notice?.sqlState == "01000")
    }

    @Test(arguments: ["copy (select 1) to stdout", "copy pg_temp.item from stdin"])
    func `a COPY is refused where rows are expected`(text: String) async throws {
        let connection = try await TestServer.connect()
        try await connection.execute("create temp table item (id int4)")
        let copy = Statement(name: "copy", text: text)
        #expect(try await failure { try await connection.query(copy) }.kind == .copy)
        #expect(try await failure { try await connection.script(copy) }.kind == .copy)
        #expect(try await failure { for try await _ in connection.stream(copy) {} }.kind == .copy)
        #expect(try await connection.value("select count(*) as value from item", as: Int.self) == 0)
    }

    @Test func `what the server says about itself is known`() async throws {
        let connection = try await TestServer.connect()
        let processID = try await connection.value("select pg_backend_pid() as value", as: Int.self)
        #expect(await connection.backendProcessID == processID)
        #expect(await connection.transactionStatus == .idle)
        #expect(await !connection.isBroken)
    }

    @Test func `a closed connection says so`() async throws {
        let connection = try await TestServer.connect()
        await connection.close()
        await connection.close()
        #expect(await connection.isBroken)
        let error = try await failure { try await connection.query("select 1") }
        #expect(error.kind == .closed)
        #expect(error.description == "statement test: the connection is closed")
    }

    @Test func `connections that wait do not keep others from running`() async throws {
        let holder = try await TestServer.connect()
        let lock = "select pg_advisory_lock(4711)"
        _ = try await holder.query(lock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...12 {
                group.addTask {
                    let connection = try await TestServer.connect()
                    _ = try await connection.query(lock)
                    await connection.close()
                }
            }
            let waiting = """
                select count(*) as value from pg_locks
                where locktype = 'advisory' and objid = 4711 and not granted
                """
            while try await holder.value(waiting, as: Int.self) < 12 {}
            _ = try await holder.query("select pg_advisory_unlock(4711)")
            try await group.waitForAll()
        }
        #expect(try await holder.value("select 1 as value", as: Int.self) == 1)
    }
}
