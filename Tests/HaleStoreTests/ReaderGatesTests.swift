import Foundation
import HaleSQL
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// What readers cannot do: bring Hale to a standstill, or fill the disk.
@Suite(.database, .timeLimit(.minutes(30))) struct `The gates before readers` {
    private static let roles = ["hale_reader", "hale_rules"]

    @Test(arguments: roles) func `no large object, lock by number, message or table of their own`(
        role: String
    ) async throws {
        let database = try TestDatabase.shared
        // What a copy of a template does not take over: the rights on the database itself.
        try await database.session(as: "hale_owner") { try await $0.script(Statement(SQL.Server.grants)) }
        try await database.session(as: role) { connection in
            for statement in [
                "select lo_create(0)", "select lo_creat(-1)", "select lo_from_bytea(0, 'x')",
                "select lo_open(1, 131072)",
                "select lowrite(0, 'x')", "select lo_put(1, 0, 'x')", "select lo_import('/etc/hostname')",
                "select lo_truncate(0, 1)", "select lo_unlink(1)", "select loread(0, 1)",
                "select pg_advisory_lock(1)", "select pg_advisory_xact_lock(1, 2)", "select pg_try_advisory_lock(1)",
                "select pg_advisory_lock_shared(7203849117)",
                "select pg_advisory_lock(n) from generate_series(1, 100000) as n",
                "select pg_logical_emit_message(false, 'a', 'b')", "create temp table own ()",
                "create temp view own as select 1 as one", "create table public.own ()",
                "select from hale_data.turn", "select from hale_data.turn for update",
                "lock table hale_data.turn in access share mode", "lock table hale_data.turn in exclusive mode",
                "lock table hale_data.schema_migration in exclusive mode",
                "lock table hale_data.receiver_secret in share row exclusive mode",
                "lock table hale.account_signal in exclusive mode", "select from hale.account_signal for update",
            ] {
                let error = try await refusal {
                    try await connection.transaction { _ = try await $0.query(statement) }
                }
                // Rows of a view over a function cannot be locked by anybody.
                #expect(["42501", "0A000"].contains(error.sqlState), "\(role), \(statement): \(error)")
            }
        }
        let open = try await database.database.withConnection { try await ReaderGates.open($0) }
        #expect(open == [])
    }

    @Test(arguments: roles) func `temporary files have a limit that readers cannot lift`(role: String) async throws {
        let database = try TestDatabase.shared
        try await database.session(as: role) { connection in
            #expect(try await connection.texts("select current_setting('temp_file_limit') as value") == ["4GB"])
            for statement in [
                "set temp_file_limit = -1", "alter role \(role) set temp_file_limit = -1",
                "alter role \(role) reset temp_file_limit",
            ] {
                let error = try await refusal { try await connection.script(statement) }
                #expect(error.sqlState == "42501", "\(role), \(statement): \(error)")
            }
        }
    }

    @Test func `a reader whose temporary files have no limit is told`() async throws {
        let database = try TestDatabase.shared
        let open = try await database.session(as: "postgres") { connection in
            try await connection.transaction { transaction in
                try await transaction.script("alter role hale_reader reset temp_file_limit")
                let open = try await transaction.query(Statement(SQL.Server.openGates))
                    .map { "\(try $0.decode("role", as: String.self)): \(try $0.decode("kind", as: String.self))" }
                try await transaction.script("alter role hale_reader set temp_file_limit = '4GB'")
                return open
            }
        }
        #expect(open == ["hale_reader: temporary files without a limit"])
    }

    /// The keys that version 0.1 took, and some more; a reader of a server whose superuser did not close the gates.
    private static let formerKeys = """
        select pg_advisory_lock(key) is null as value
        from unnest(array[
            7203849117, 7203849118, hashtext('hale score'), hashtextextended('hale import', 0),
            hashtextextended('accounts', 0)]) as key
        union all
        select pg_advisory_lock(hashtext('hale usage'), number) is null from generate_series(-2, 1023) as number
        union all
        select pg_advisory_lock(hashtext('hale partition ' || name)) is null
        from unnest(array['usage_event', 'health_score', 'delivery_attempt']) as name
        """

    @Test func `whoever can take locks by number holds nothing up`() async throws {
        let database = try TestDatabase.shared
        try await database.session(as: "postgres") { connection in
            try await connection.script("grant execute on all functions in schema pg_catalog to hale_reader")
        }
        let open = try await database.database.withConnection { try await ReaderGates.open($0) }
        #expect(open == ["hale_reader: large objects", "hale_reader: locks by number"])
        try await database.session(as: "hale_reader") { reader in
            #expect(try await reader.query(Self.formerKeys).count == 1_034)
            try await database.session(as: "hale_app") { connection in
                try await connection.transaction { transaction in
                    try await transaction.script("set local lock_timeout = '10s'")
                    try await transaction.script(
                        "create temp table touched (account_id bigint) on commit drop; insert into touched values (7)")
                    for statement in [
                        SQL.Score.lockDay, SQL.Alerts.lock, SQL.ImportUndo.lockImports, SQL.Usage.lockAll,
                        SQL.Usage.lockTouched, SQL.ImportUsage.shareTimeZone,
                    ] {
                        let rows = try await transaction.query(Statement(statement))
                        #expect(!rows.isEmpty, "\(statement.name)")
                    }
                    _ = try await transaction.query(Statement(SQL.Import.lockFile), ["accounts"])
                    #expect(try await transaction.execute(Statement(SQL.ImportUsage.createAccountKeys), [["A1"]]) == 1)
                    for parent in ["usage_event", "health_score", "delivery_attempt"] {
                        _ = try await transaction.query(
                            "select hale_data.ensure_month($1::text, '2026-03-01')", [parent])
                    }
                }
            }
            try await database.session(as: "hale_owner") { owner in
                try await owner.script("set lock_timeout = '10s'")
                #expect(try await Migrator().migrate(owner) == [])
            }
        }
    }

    /// Each statement with what makes another session wait for it.
    @Test(arguments: [
        (SQL.Score.lockDay, SQL.Score.lockDay), (SQL.Alerts.lock, SQL.Alerts.lock),
        (SQL.ImportUndo.lockImports, SQL.ImportUndo.lockImports), (SQL.ImportUndo.lockImports, SQL.Import.lockFile),
        (SQL.Import.lockFile, SQL.ImportUndo.lockImports), (SQL.Import.lockFile, SQL.Import.lockFile),
        (SQL.ImportUsage.shareTimeZone, SQL.Usage.lockAll), (SQL.Usage.lockAll, SQL.ImportUsage.shareTimeZone),
    ])
    func `what must not happen at once waits`(first: SQL, second: SQL) async throws {
        let database = try TestDatabase.shared
        func parameters(_ sql: SQL) -> [(any PostgresEncodable)?] { sql.text.contains("$1::") ? ["accounts"] : [] }
        try await database.session(as: "hale_app") { holder in
            try await holder.transaction { holding in
                _ = try await holding.query(Statement(first), parameters(first))
                try await database.session(as: "hale_app") { connection in
                    let error = try await refusal {
                        try await connection.transaction { transaction in
                            try await transaction.script("set local lock_timeout = '20ms'")
                            _ = try await transaction.query(Statement(second), parameters(second))
                        }
                    }
                    // lock_not_available
                    #expect(error.sqlState == "55P03", "\(first.name), then \(second.name): \(error)")
                }
            }
        }
    }

    @Test func `two imports of other files, and two that count days, go on at once`() async throws {
        let database = try TestDatabase.shared
        try await database.session(as: "hale_app") { holder in
            try await holder.transaction { holding in
                _ = try await holding.query(Statement(SQL.Import.lockFile), ["accounts"])
                _ = try await holding.query(Statement(SQL.ImportUsage.shareTimeZone))
                try await database.session(as: "hale_app") { connection in
                    try await connection.transaction { transaction in
                        try await transaction.script("set local lock_timeout = '10s'")
                        _ = try await transaction.query(Statement(SQL.Import.lockFile), ["contracts"])
                        _ = try await transaction.query(Statement(SQL.ImportUsage.shareTimeZone))
                    }
                }
            }
        }
    }

    @Test func `no statement but the private server's first takes a lock by number`() throws {
        let files = try SQLFile.all().filter { !$0.name.hasPrefix("schema/") && $0.text.contains("advisory") }
        #expect(files.map(\.name).sorted() == ["server/close_gates", "server/lock_bootstrap", "server/open_gates"])
    }

    @Test func `no function of the schema takes one either`() async throws {
        let functions = try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.texts(
                """
                select proname::text as value from pg_proc
                where pronamespace in ('hale'::regnamespace, 'hale_data'::regnamespace) and prosrc like '%advisory%'
                """)
        }
        #expect(functions == [])
    }
}
