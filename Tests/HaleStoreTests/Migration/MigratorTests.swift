import HaleDomain
import HaleSQL
import HaleStore
import HaleTestSupport
import Postgres
import Testing

@Suite struct `The migrator` {
    @Test func `numbers its migrations from 1 without a gap`() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        #expect(Migration.views.number == 0)
        for migration in Migration.all { #expect(!migration.name.isEmpty) }
    }

    @Test(.database) func `brings an empty database to this schema, and then has nothing to do`() async throws {
        try await EmptyDatabase.with { database in
            try await withConnection(database.owner) { connection in
                // Every migration and the views.
                let found1 = try await Migrator().status(connection)
                #expect(found1 == .pending(Migration.all.count + 1))
                let applied = try await Migrator().migrate(connection)
                #expect(applied == Migration.all.map { "\($0.number) \($0.name)" } + ["views"])
                let found2 = try await Migrator().status(connection)
                #expect(found2 == .current)
                #expect(try await Migrator().migrate(connection).isEmpty)
                let found3 = try await database.recorded(connection)
                #expect(found3 == [0] + Migration.all.map { Int32($0.number) })
            }
        }
    }

    @Test(.database) func `looking at the status of an empty database changes nothing`() async throws {
        try await EmptyDatabase.with { database in
            try await withConnection(database.owner) { connection in
                _ = try await Migrator().status(connection)
                let schemas = try await connection.texts(
                    "select nspname as value from pg_namespace where nspname like 'hale%'")
                #expect(schemas.isEmpty)
            }
        }
    }

    @Test(.database) func `an applied migration that was edited is refused with both checksums`() async throws {
        let applied = String(repeating: "0", count: 64)
        try await TestDatabase.shared.session(as: "hale_owner") { connection in
            _ = try await connection.query(
                "update hale_data.schema_migration set checksum = $1::text where number = 3", [applied])
            let edited = try #require(Migration.all.first { $0.number == 3 })
            let expected = StoreError.editedMigration(
                number: 3, name: edited.name, applied: applied, now: edited.checksum)
            let found4 = try await Self.storeError { try await Migrator().status(connection) }
            #expect(found4 == expected)
            let found5 = try await Self.storeError { try await Migrator().migrate(connection) }
            #expect(found5 == expected)
            #expect(expected.description.contains(applied))
            #expect(expected.description.contains(edited.checksum))
            // The lock is given back, so that the next migrator does not wait for ever.
            let held = try await connection.texts(
                """
                select mode as value from pg_locks
                where relation = 'hale_data.schema_migration'::regclass and pid = pg_backend_pid()
                """)
            #expect(held.isEmpty)
        }
    }

    @Test(.database) func `a database of a newer version is refused by the migration's name`() async throws {
        let newest = try #require(Migration.all.last)
        let older = Migrator(migrations: Array(Migration.all.dropLast()))
        try await TestDatabase.shared.session(as: "hale_owner") { connection in
            let named = StoreError.newerSchema(number: newest.number, name: newest.name)
            let found6 = try await Self.storeError { try await older.status(connection) }
            #expect(found6 == named)
            let found7 = try await Self.storeError { try await older.migrate(connection) }
            #expect(found7 == named)
            _ = try await connection.query(
                """
                insert into hale_data.schema_migration (number, name, checksum)
                values (9001, 'from_the_future', '')
                """)
            let future = StoreError.newerSchema(number: 9001, name: "from_the_future")
            let found8 = try await Self.storeError { try await Migrator().migrate(connection) }
            #expect(found8 == future)
            #expect(future.description.contains("9001 from_the_future"))
        }
    }

    @Test(.database) func `views that changed are applied again`() async throws {
        try await TestDatabase.shared.session(as: "hale_owner") { connection in
            try await connection.script(
                """
                update hale_data.schema_migration set checksum = 'of an older version' where number = 0;
                drop view hale.renewal;
                """)
            let found9 = try await Migrator().status(connection)
            #expect(found9 == .pending(1))
            let found10 = try await Migrator().migrate(connection)
            #expect(found10 == ["views"])
            let found11 = try await Migrator().status(connection)
            #expect(found11 == .current)
            let views = try await connection.texts(
                "select viewname as value from pg_views where schemaname = 'hale' and viewname = 'renewal'")
            #expect(views == ["renewal"])
        }
    }

    @Test(.database, .timeLimit(.minutes(30)))
    func `views that another version replaces at the same time are applied once`() async throws {
        try await TestDatabase.shared.session(as: "hale_owner") { connection in
            try await connection.script(
                """
                create function pg_temp.of_another_version() returns trigger language plpgsql as
                $$ begin new.checksum := 'of another version'; return new; end $$;
                create trigger of_another_version before insert or update on hale_data.schema_migration
                for each row when (new.number = 0) execute function pg_temp.of_another_version();
                update hale_data.schema_migration set checksum = '' where number = 0;
                """)
            #expect(try await Migrator().migrate(connection) == ["views"])
        }
    }

    /// Two files of an earlier version, of which one named the last day that its terms cover.
    @Test(.database) func `ends of terms become the first day not covered, file by file`() async throws {
        try await EmptyDatabase.with { database in
            try await withConnection(database.owner) { connection in
                let ends = try #require(Migration.all.first { $0.name == "contract_ends" })
                try await connection.script(Statement(SQL.Server.migrationTable))
                for migration in Migration.all where migration.number < ends.number {
                    try await connection.script(Statement(migration.sql))
                }
                try await connection.script(
                    """
                    insert into hale_data.contract_version (
                        account_id, contract_id, valid_from, recorded_at, arr_minor, currency, starts_on, ends_on,
                        term_months, import_id)
                    values
                        (1, 1, '-infinity', now(), 1, 'EUR', '2025-01-01', '2025-12-31', 12, 7),
                        (1, 2, '-infinity', now(), 1, 'EUR', '2026-01-01', '2026-11-14', null, 7),
                        (2, 3, '-infinity', now(), 1, 'EUR', '2025-01-01', '2026-01-01', 12, 8),
                        (2, 4, '-infinity', now(), 1, 'EUR', '2026-01-01', null, 12, 8),
                        (3, 5, '-infinity', now(), 1, 'EUR', '2025-01-05', '2025-11-20', null, 9);
                    """)
                try await connection.transaction { try await $0.script(Statement(ends.sql)) }
                let stored = try await connection.texts(
                    """
                    select contract_id || ' ' || coalesce(ends_on::text, '-') as value
                    from hale_data.contract_version order by contract_id
                    """)
                #expect(stored == ["1 2026-01-01", "2 2026-11-15", "3 2026-01-01", "4 -", "5 2025-11-20"])
            }
        }
    }

    /// Two answers of one person whose address was written twice: one respondent, whose newest answer counts.
    @Test(.database) func `respondents of one address become one person`() async throws {
        try await EmptyDatabase.with { database in
            try await withConnection(database.owner) { connection in
                let respondents = try #require(Migration.all.first { $0.name == "respondents" })
                try await connection.script(Statement(SQL.Server.migrationTable))
                for migration in Migration.all where migration.number < respondents.number {
                    try await connection.script(Statement(migration.sql))
                }
                try await connection.script(
                    """
                    insert into hale_data.account (account_id, external_id, name) values (1, 'A-1', 'Acme');
                    insert into hale_data.person (account_id, external_id, role) values
                        (1, 'ann.lee@example.com', 'unknown'), (1, 'Ann.Lee@Example.com', 'champion'),
                        (1, 'P-1', 'user'), (1, 'p-1', 'user');
                    insert into hale_data.nps_response (
                        account_id, response_key, person_id, score, responded_at, recorded_at)
                    select 1, external_id, person_id, case external_id when 'Ann.Lee@Example.com' then 2 else 10 end,
                        '2026-10-01'::timestamptz + interval '1 day' * person_id, now()
                    from hale_data.person;
                    """)
                try await connection.transaction { try await $0.script(Statement(respondents.sql)) }
                let latest = try await connection.texts(
                    """
                    select string_agg(response.score::text, ',' order by response.responded_at) || ' ' || person.role
                        as value
                    from hale_data.nps_response as response
                    join hale_data.person as person
                        on person.account_id = response.account_id and person.person_id = response.person_id
                    group by person.person_id, person.role
                    order by value
                    """)
                // Both answers are of the person with the role; ids that are no addresses keep their case.
                #expect(latest == ["10 user", "10 user", "10,2 champion"])
                let changed = try await connection.texts(
                    "select account_id::text as value from hale_data.account_change")
                #expect(changed == ["1"])
            }
        }
    }

    @Test(.database) func `a migration that fails leaves nothing of itself and can be repeated`() async throws {
        try await EmptyDatabase.with { database in
            try await withConnection(database.owner) { try await failAndRepeat(database, $0) }
        }
    }

    private func failAndRepeat(_ database: EmptyDatabase, _ connection: Connection) async throws {
        // The signals' migration makes nps_response, ticket, invoice and, last, touchpoint: that is in its way.
        let signals = try #require(Migration.all.first { $0.name == "signals" })
        let before = Migration.all.filter { $0.number < signals.number }
        let rest = Migration.all.filter { $0.number >= signals.number }
        try await connection.script("create schema hale_data; create table hale_data.touchpoint (id bigint)")

        var refused: PostgresError?
        do {
            try await Migrator().migrate(connection)
        } catch let failure as PostgresError {
            refused = failure
        }
        let error = try #require(refused)
        // duplicate_table
        #expect(error.sqlState == "42P07")
        #expect(error.statementName == signals.sql.name)
        let found12 = await connection.transactionStatus
        #expect(found12 == .idle)
        let found13 = try await database.recorded(connection)
        #expect(found13 == before.map { Int32($0.number) })
        let left = try await connection.texts(
            """
            select tablename as value from pg_tables
            where schemaname = 'hale_data' and tablename in ('nps_response', 'ticket', 'invoice', 'touchpoint')
            """)
        #expect(left == ["touchpoint"])
        // What failed and what comes after it, and the views.
        let found14 = try await Migrator().status(connection)
        #expect(found14 == .pending(rest.count + 1))

        try await connection.script("drop table hale_data.touchpoint")
        let applied = try await Migrator().migrate(connection)
        #expect(applied == rest.map { "\($0.number) \($0.name)" } + ["views"])
        let found15 = try await Migrator().status(connection)
        #expect(found15 == .current)
    }

    @Test(.database, .timeLimit(.minutes(30)))
    func `two at once wait for each other and apply everything once`() async throws {
        try await EmptyDatabase.with { database in
            try await withConnection(database.owner) { holder in
                // Both stand at the lock before either begins.
                try await holder.script("begin")
                try await holder.script(Statement(SQL.Server.migrationTable))
                try await holder.script(Statement(SQL.Server.lockMigrations))
                async let first = withConnection(database.owner) { try await Migrator().migrate($0) }
                async let second = withConnection(database.owner) { try await Migrator().migrate($0) }
                while try await database.waiting(holder) < 2 {}
                try await holder.script("commit")

                // Each step is one's or the other's, and of each the steps are in order.
                let applied = try await [first, second]
                let everything = Migration.all.map { "\($0.number) \($0.name)" } + ["views"]
                #expect(applied.flatMap(\.self).sorted() == everything.sorted())
                for own in applied { #expect(own == everything.filter(own.contains)) }
                let found16 = try await database.recorded(holder)
                #expect(found16 == [0] + Migration.all.map { Int32($0.number) })
            }
        }
    }

    /// The error of the store that `body` throws.
    private static func storeError<Value>(_ body: () async throws -> Value) async throws -> StoreError {
        do {
            _ = try await body()
        } catch let error as StoreError {
            return error
        }
        throw NothingWasRefused()
    }
}

/// A database without anything in it, beside the running test's own.
private struct EmptyDatabase: Sendable {
    /// Settings of the role that migrates.
    let owner: ConnectionSettings

    /// Makes the database, runs `body` with it and drops it.
    static func with(_ body: (EmptyDatabase) async throws -> Void) async throws {
        let test = try TestDatabase.shared
        let name = test.name + "_empty"
        var owner = test.superuser
        owner.keywords["dbname"] = name
        owner.keywords["user"] = "hale_owner"
        let database = EmptyDatabase(owner: owner)
        try await test.session(as: "postgres") { administration in
            try await administration.script("create database \(name) owner hale_owner")
            do {
                try await body(database)
                try await administration.script("drop database \(name) with (force)")
            } catch {
                try? await administration.script("drop database \(name) with (force)")
                throw error
            }
        }
    }

    /// The numbers of the migrations recorded, in order.
    func recorded(_ connection: Connection) async throws -> [Int32] {
        try await connection.query("select number from hale_data.schema_migration order by number")
            .map { try $0.decode("number", as: Int32.self) }
    }

    /// How many sessions of the database wait for a lock.
    func waiting(_ connection: Connection) async throws -> Int64 {
        // A transaction sees the sessions as they were when it first asked.
        _ = try await connection.query("select pg_stat_clear_snapshot() is null as cleared")
        return try await connection.query(
            """
            select count(*) as sessions
            from pg_stat_activity
            where wait_event_type = 'Lock' and datname = current_database()
            """
        ).first?.decode("sessions", as: Int64.self) ?? 0
    }
}
