import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// The rules that let the schema spread over several nodes and make the views a contract, read from the catalogue.
@Suite struct `The catalogue` {
    @Test(.database) func `keeps every rule, with and without partitions`() async throws {
        let database = try TestDatabase.shared
        let partitions = """
            select hale_data.ensure_month('usage_event', '2026-03-01');
            select hale_data.ensure_month('health_score', '2026-03-01');
            """
        for more in ["select 1", partitions] {
            let broken = try await database.session(as: "postgres") { connection in
                try await connection.script(more)
                return try await Self.brokenRules(connection)
            }
            #expect(broken.isEmpty)
        }
    }

    @Test(.database) func `holds the tables and views that the rules are about`() async throws {
        let database = try TestDatabase.shared
        let tables = try await database.query(
            """
            select split_part(obj_description(oid, 'pg_class'), ':', 1) as spread, count(*) as tables
            from pg_class
            where relnamespace = 'hale_data'::regnamespace and relkind in ('r', 'p')
            group by spread
            """)
        var counts: [String: Int64] = [:]
        for row in tables {
            let spread = try row.decode("spread", as: String.self)
            counts[spread] = try row.decode("tables", as: Int64.self)
        }
        #expect(Set(counts.keys) == ["reference", "distributed", "local"])
        #expect(counts["distributed", default: 0] > 10)
        let views = try await database.session(as: "postgres") { connection in
            try await connection.texts(
                "select viewname as value from pg_views where schemaname = 'hale' order by viewname")
        }
        #expect(
            views == [
                "account_driver", "account_health", "account_health_history", "account_model_score", "account_roll_up",
                "account_signal", "alert", "arr_movement", "csm_task", "renewal", "renewal_decision",
                "renewal_forecast", "retention_month",
                "score_run",
                "usage_day",
            ])
    }

    @Test(.database) func `says what is wrong with tables that break the rules`() async throws {
        let broken = try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.script(
                """
                create table hale_data.bare (id bigint);
                create table hale_data.elsewhere (id bigint);
                comment on table hale_data.elsewhere is 'somewhere: a kind that nobody knows';
                create table hale_data.orphan (id bigint);
                comment on table hale_data.orphan is 'distributed: of no account';
                create table hale_data.perhaps (account_id bigint);
                comment on table hale_data.perhaps is 'distributed: of an account that may be missing';
                create table hale_data.visit (account_id bigint not null, visit_id bigint primary key, note text);
                comment on table hale_data.visit is 'distributed: with a key of its own';
                create unique index visit_note on hale_data.visit (note, account_id);
                create unique index visit_low on hale_data.visit (lower(note), account_id);
                create unique index visit_good on hale_data.visit (account_id, note);
                create table hale_data.stay (
                    account_id bigint not null, stay_id bigint not null, visit_id bigint references hale_data.visit,
                    primary key (account_id, stay_id));
                comment on table hale_data.stay is 'distributed: of a visit, perhaps of another account';
                create table hale_data.night (
                    account_id bigint not null, stay_id bigint not null,
                    foreign key (account_id, stay_id) references hale_data.stay);
                comment on table hale_data.night is 'distributed: of a stay of the same account';
                create table hale_data.bill (
                    account_id bigint not null, stay_id bigint not null,
                    foreign key (account_id, stay_id) references hale_data.stay);
                comment on table hale_data.bill is 'local: of a stay that is elsewhere';
                create table hale_data.room (
                    account_id bigint not null, room_id integer generated always as identity,
                    exclude using btree (room_id with =));
                comment on table hale_data.room is 'distributed: with a small identity and a key of its own';
                create trigger room_kept before delete on hale_data.room
                    for each row execute function suppress_redundant_updates_trigger();
                create trigger receipt_kept before delete on hale_data.import_receipt
                    for each row execute function suppress_redundant_updates_trigger();
                create table hale_data.suite (beds integer) inherits (hale_data.room);
                comment on table hale_data.suite is 'distributed: a kind of room';
                create rule room_stays as on delete to hale_data.room do instead nothing;
                select hale_data.ensure_month('usage_event', '2026-03-01');
                create unique index usage_line on hale_data.usage_event_2026_03 (line);
                """)
            return try await Self.brokenRules(connection)
        }
        #expect(
            broken == [
                "no kind: bare", "no kind: elsewhere",
                "no account: orphan", "no account: perhaps",
                "unique across accounts: room.room_room_id_excl",
                "unique across accounts: usage_event_2026_03.usage_line", "unique across accounts: visit.visit_low",
                "unique across accounts: visit.visit_note", "unique across accounts: visit.visit_pkey",
                "crosses accounts: bill.bill_account_id_stay_id_fkey",
                "crosses accounts: stay.stay_visit_id_fkey",
                // A receipt's trigger stands on a local table, where it works.
                "trigger: room.room_kept",
                "identity: room.room_id",
                "inheritance: suite",
                "rule: room.room_stays",
            ])
        #expect(Set(broken.map { $0.split(separator: ":")[0] }) == Set(Self.rules))
    }

    @Test(.database) func `says what is wrong with views that break the rules`() async throws {
        let broken = try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.script(
                """
                create view hale.plain as select 1 as one;
                create function hale.bent_on(day date) returns table (b text, a integer)
                    language sql stable as $$ select 'x', 1 $$;
                create view hale.bent with (security_barrier) as select a, b from hale.bent_on('2026-03-01');
                comment on view hale.bent is 'columns in another order than its function''s';
                comment on column hale.bent.a is 'first here';
                comment on column hale.bent.b is 'first there';
                create function hale.timed_on(instant timestamptz) returns table (a integer)
                    language sql stable as $$ select 1 $$;
                create view hale.timed with (security_barrier) as select a from hale.timed_on('2026-03-01');
                comment on view hale.timed is 'its function takes no day';
                comment on column hale.timed.a is 'a number';
                """)
            return try await Self.brokenRules(connection)
        }
        #expect(
            broken == [
                "no comment: plain", "no comment: plain.one",
                "no function of the day: bent", "no function of the day: plain", "no function of the day: timed",
                "no barrier: plain",
            ])
    }

    /// The names of the rules of tables.
    private static let rules = DistributionProblem.Rule.allCases.map { Substring($0.rawValue) }

    /// What breaks a rule: the rule's name and the thing, in order of the rules.
    private static func brokenRules(_ connection: Connection) async throws -> [String] {
        // The rules of tables are those that `hale db distribute --check` goes by.
        var broken = try await DistributionStore(connection).problems().map { "\($0.rule.rawValue): \($0.name)" }
        for rule in CatalogueRule.all {
            for name in try await connection.texts(rule.query) { broken.append("\(rule.name): \(name)") }
        }
        return broken
    }
}

/// A rule about the views as a query for what breaks it.
private struct CatalogueRule: Sendable {
    /// What is wrong with a thing that the query returns.
    let name: String
    /// Returns the names of what breaks the rule, in order.
    let query: String

    static let all = [comment, dayFunction, barrier]

    private static let comment = CatalogueRule(
        name: "no comment",
        query: """
            select class.relname || coalesce('.' || column_.attname, '') as value
            from pg_class as class
            cross join lateral (
                select 0 as number, null::name as attname
                union all
                select attnum, attname from pg_attribute where attrelid = class.oid and attnum > 0
            ) as column_
            where class.relnamespace = 'hale'::regnamespace and class.relkind in ('v', 'm')
                and coalesce(
                    case when column_.number = 0 then obj_description(class.oid, 'pg_class')
                        else col_description(class.oid, column_.number) end, '') = ''
            order by value
            """)

    /// View X without a function X_on of one day that returns the same columns in the same order.
    private static let dayFunction = CatalogueRule(
        name: "no function of the day",
        query: """
            select class.relname::text as value
            from pg_class as class
            where class.relnamespace = 'hale'::regnamespace and class.relkind in ('v', 'm')
                and not exists (
                    select from pg_proc as function
                    where function.pronamespace = class.relnamespace
                        and function.proname = class.relname || '_on'
                        and function.proretset and function.pronargs - function.pronargdefaults = 1
                        and function.proargtypes[0] = 'date'::regtype
                        and (
                            select array_agg(argument.name || ' ' || argument.type::regtype order by ordinal)
                            from unnest(function.proargnames, function.proallargtypes, function.proargmodes)
                                with ordinality as argument (name, type, mode, ordinal)
                            where argument.mode = 't'
                        ) = (
                            select array_agg(attname || ' ' || atttypid::regtype order by attnum)
                            from pg_attribute
                            where attrelid = class.oid and attnum > 0
                        )
                )
            order by value
            """)

    private static let barrier = CatalogueRule(
        name: "no barrier",
        query: """
            select relname::text as value
            from pg_class
            where relnamespace = 'hale'::regnamespace and relkind = 'v'
                and not coalesce('security_barrier=true' = any (reloptions), false)
            order by value
            """)
}
