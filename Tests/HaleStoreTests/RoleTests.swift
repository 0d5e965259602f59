import HaleTestSupport
import Postgres
import Testing

/// What each role may do. The server's code of a refusal is 42501, insufficient_privilege.
@Suite struct `The roles` {
    private static let views = [
        "account_driver", "account_health", "account_health_history", "account_signal", "alert", "arr_movement",
        "csm_task", "renewal", "usage_day",
    ]
    private static let ada = "ada@hale.example"
    private static let grace = "grace@hale.example"

    @Test(.database, arguments: ["hale_reader", "hale_app"])
    func `a reader and the service read every view and its function of a day`(role: String) async throws {
        try await Self.fill()
        try await TestDatabase.shared.session(as: role) { connection in
            for source in Self.sources {
                let accounts = try await Self.accounts(source, connection)
                #expect(accounts == ["A1", "A2", "A3"], "\(role), \(source)")
            }
        }
    }

    @Test(.database) func `a reader reads no table, calls no function of the data and writes nothing`() async throws {
        try await Self.fill()
        let tables = try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.texts("select tablename as value from pg_tables where schemaname = 'hale_data'")
        }
        #expect(tables.contains("account"))
        #expect(tables.contains("health_score_2026_03"))
        var statements = tables.map { "select from hale_data.\($0)" }
        statements += [
            "select hale_data.reporting_currency()", "select hale_data.contract_on('2026-03-02')",
            "select hale_data.account_facts_on('2026-03-02')",
            "select hale_data.ensure_month('usage_event', '2026-03-02')",
            "update hale.account_health set name = 'x'", "create table hale.extra (id bigint)",
            "drop view hale.renewal",
        ]
        try await TestDatabase.shared.session(as: "hale_reader") { connection in
            for statement in statements.dropLast(3) {
                let error = try await refusal { try await connection.query(statement) }
                #expect(error.sqlState == "42501", "\(statement)")
            }
            for statement in statements.suffix(3) {
                // A view over a function cannot be written by anybody: 55000, object_not_in_prerequisite_state.
                let error = try await refusal { try await connection.query(statement) }
                #expect(["42501", "55000"].contains(error.sqlState), "\(statement)")
            }
        }
    }

    @Test(.database) func `the role of rules reads the signals and nothing else, and writes nothing`() async throws {
        try await Self.fill()
        let others = try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.texts(
                """
                select 'select from ' || schemaname || '.' || viewname as value
                from pg_views
                where schemaname = 'hale' and viewname <> 'account_signal'
                union all
                select 'select from hale_data.' || tablename from pg_tables where schemaname = 'hale_data'
                union all
                select format('select hale.%I(%s)', proname, case pronargs when 1 then 'null::date' else '' end)
                from pg_proc
                where pronamespace = 'hale'::regnamespace and proname not in ('account_signal_on', 'newest_day')
                """)
        }
        #expect(others.count > 40)
        #expect(others.contains("select hale.account_health_on(null::date)"))
        try await TestDatabase.shared.session(as: "hale_rules") { connection in
            for source in ["hale.account_signal", "hale.account_signal_on('2026-03-02')"] {
                let accounts = try await Self.accounts(source, connection)
                #expect(accounts == ["A1", "A2", "A3"], "\(source)")
            }
            let writing = [
                "create table hale.extra (id bigint)", "update hale.account_signal set name = 'x'",
                "select hale_data.ensure_month('usage_event', '2026-03-02')", "set role hale_app",
            ]
            for statement in others + writing {
                let error = try await refusal { try await connection.query(statement) }
                // A view over a function cannot be written by anybody: 55000, object_not_in_prerequisite_state.
                #expect(["42501", "55000"].contains(error.sqlState), "\(statement): \(error)")
            }
        }
    }

    @Test(.database) func `the service makes, changes, empties and drops nothing of the schema`() async throws {
        let statements = [
            "create table hale_data.extra (id bigint)", "create view hale.extra as select 1 as one",
            "create schema extra", "alter table hale_data.account add column extra bigint",
            "truncate hale_data.account", "truncate hale_data.usage_event", "drop table hale_data.account",
            "drop view hale.renewal", "drop schema hale_data cascade",
            "create or replace function hale_data.time_zone() returns text language sql as $$ select 'UTC' $$",
            "alter table hale_data.account owner to hale_app",
        ]
        try await TestDatabase.shared.session(as: "hale_app") { connection in
            for statement in statements {
                let error = try await refusal { try await connection.query(statement) }
                #expect(error.sqlState == "42501", "\(statement)")
            }
            // Temporary tables and rows are what it works with.
            try await connection.script(
                """
                create temp table extra (id bigint);
                insert into hale_data.account (account_id, external_id, name) values (1, 'A1', 'Account 1');
                update hale_data.account set name = 'Account one';
                delete from hale_data.account;
                """)
        }
    }

    @Test(.database) func `the service gets a month of usage from the owner and writes into it`() async throws {
        let database = try TestDatabase.shared
        let insertion = """
            insert into hale_data.usage_event (account_id, day, occurred_at, quantity, recorded_at)
            values (1, $1::text::date, now(), 1, now())
            """
        try await database.session(as: "hale_app") { connection in
            // check_violation: no partition takes the row.
            let error = try await refusal { try await connection.query(insertion, ["2026-03-31"]) }
            #expect(error.sqlState == "23514")
            for _ in 1...2 {
                _ = try await connection.query("select hale_data.ensure_month('usage_event', '2026-03-15')")
            }
            _ = try await connection.query(insertion, ["2026-03-01"])
            _ = try await connection.query(insertion, ["2026-03-31"])
            let after = try await refusal { try await connection.query(insertion, ["2026-04-01"]) }
            #expect(after.sqlState == "23514")
            let dropping = try await refusal {
                try await connection.query("drop table hale_data.usage_event_2026_03")
            }
            #expect(dropping.sqlState == "42501")
        }
        let owners = try await database.session(as: "postgres") { connection in
            try await connection.texts(
                "select tableowner as value from pg_tables where tablename = 'usage_event_2026_03'")
        }
        #expect(owners == ["hale_owner"])
    }

    @Test(.database) func `the owner's function makes partitions of its two tables only`() async throws {
        try await TestDatabase.shared.session(as: "hale_app") { connection in
            for parent in ["account", "usage_event; drop table hale_data.account", "USAGE_EVENT"] {
                let error = try await refusal {
                    try await connection.query("select hale_data.ensure_month($1::text, '2026-03-15')", [parent])
                }
                // raise_exception
                #expect(error.sqlState == "P0001")
                #expect(error.message.contains("no monthly partitions for \(parent)"))
            }
            _ = try await connection.query("select hale_data.ensure_month('health_score', '2026-03-15')")
            let count = try await connection.texts(
                "select tablename as value from pg_tables where tablename ~ '_2026_03$' order by tablename")
            #expect(count == ["health_score_2026_03"])
        }
    }

    @Test(.database, arguments: ["hale_reader", "hale_app"])
    func `hale.csm narrows every view and function to the accounts of that CSM`(role: String) async throws {
        try await Self.fill()
        // A3 has no CSM: it is seen only where nobody is named.
        let cases: [(csm: String, accounts: [String])] = [
            (Self.ada, ["A1"]), (Self.grace, ["A2"]), ("nobody@hale.example", []), ("", ["A1", "A2", "A3"]),
        ]
        try await TestDatabase.shared.session(as: role) { connection in
            for (csm, accounts) in cases {
                _ = try await connection.query("select set_config('hale.csm', $1::text, false)", [csm])
                for source in Self.sources {
                    let found = try await Self.accounts(source, connection)
                    #expect(found == accounts, "\(csm), \(source)")
                }
            }
        }
    }

    @Test(.database) func `whoever covers on the day sees the account in every view, and its CSM does not`()
        async throws
    {
        try await Self.fill()
        let functions = Self.views.map { "hale.\($0)_on" }
        // The days of the cover, its neighbours, and what was set later for one of them.
        let seen: [(day: String, ada: [String], grace: [String])] = [
            ("2026-03-02", ["A1"], ["A2"]), ("2026-03-03", [], ["A1", "A2"]), ("2026-03-04", ["A1"], ["A2"]),
            ("2026-03-05", [], ["A1", "A2"]), ("2026-03-06", ["A1"], ["A2"]),
        ]
        try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.script(
                """
                insert into hale_data.account_cover (account_id, csm_id, starts_on, until_on)
                select account.account_id, csm.csm_id, days.first::date, days.last::date
                from (values
                    (1, '\(Self.grace)', '2026-03-03', '2026-03-05'), (2, '\(Self.ada)', '2026-03-04', '2026-03-04')
                ) as days (number, email, first, last)
                join hale_data.account as account on account.account_id = 1
                join hale_data.csm as csm on csm.email = days.email
                order by days.number;
                insert into hale_data.score_run (day, model_hash, finished_at)
                select day, 'm', now() from generate_series(date '2026-03-03', '2026-03-06', '1 day') as day;
                insert into hale_data.health_score
                select (jsonb_populate_record(stored, jsonb_build_object('day', run.day, 'run_id', run.run_id))).*
                from hale_data.health_score as stored
                join hale_data.score_run as run on run.day > '2026-03-02';
                """)
        }
        try await TestDatabase.shared.session(as: "hale_reader") { connection in
            for (day, ada, grace) in seen {
                for (csm, accounts) in [(Self.ada, ada), (Self.grace, grace)] {
                    _ = try await connection.query("select set_config('hale.csm', $1::text, false)", [csm])
                    for function in functions {
                        let found = try await Self.accounts("\(function)('\(day)')", connection)
                        #expect(found == accounts, "\(csm), \(function), \(day)")
                    }
                }
            }
        }
    }

    @Test(.database) func `hale.csm narrows the sums of months to the accounts of that CSM`() async throws {
        try await Self.fill()
        try await TestDatabase.shared.session(as: "hale_reader") { connection in
            for (csm, accounts) in [("", 3), (Self.ada, 1), ("nobody@hale.example", 0)] {
                _ = try await connection.query("select set_config('hale.csm', $1::text, false)", [csm])
                for suffix in ["", "_on('2026-03-02')"] {
                    let retained = try await connection.texts(
                        """
                        select concat_ws(' ', accounts, start_arr) as value
                        from hale.retention_month\(suffix)
                        where is_total and month = '2026-02-01'
                        """)
                    let due = try await connection.texts(
                        "select concat_ws(' ', contracts, arr_up_for_renewal) as value from hale.renewal_forecast\(suffix)"
                    )
                    let expected = accounts == 0 ? [] : ["\(accounts) \(1200 * accounts).00"]
                    #expect(retained == expected && due == expected, "\(csm), \(retained), \(due)")
                }
            }
        }
    }

    @Test(.database) func `hale.csm set for a transaction ends with it`() async throws {
        try await Self.fill()
        try await TestDatabase.shared.session(as: "hale_app") { connection in
            let inside = try await connection.transaction { transaction in
                _ = try await transaction.query(
                    "select set_config('hale.csm', $1::text, true)", [Self.ada.uppercased()])
                return try await Self.accounts("hale.renewal", transaction)
            }
            #expect(inside == ["A1"])
            let found = try await Self.accounts("hale.renewal", connection)
            #expect(found == ["A1", "A2", "A3"])
        }
    }

    @Test(.database) func `a function that is called for every row sees none of another CSM's`() async throws {
        try await Self.fill()
        // A cheap condition would be asked first if the views did not stand before it as a barrier.
        try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.script(
                """
                create function public.tell(seen text) returns boolean language plpgsql cost 0.0000001 as $$
                begin
                    if seen <> 'A1' then raise exception 'saw %', seen; end if;
                    return true;
                end $$;
                """)
        }
        try await TestDatabase.shared.session(as: "hale_reader") { connection in
            _ = try await connection.query("select set_config('hale.csm', $1::text, false)", [Self.ada])
            for source in Self.sources {
                let rows = try await connection.texts(
                    "select distinct account_id as value from \(source) where public.tell(account_id)")
                #expect(rows == ["A1"], "\(source)")
            }
        }
    }

    /// Every view and every view's function of the scored day.
    private static let sources = views.map { "hale.\($0)" } + views.map { "hale.\($0)_on('2026-03-02')" }

    private static func accounts(_ source: String, _ connection: Connection) async throws -> [String] {
        try await connection.texts("select distinct account_id as value from \(source) order by value")
    }

    /// Two CSMs with an account each and an account of nobody, all three with a contract, usage and a score.
    private static func fill() async throws {
        try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.script(
                """
                insert into hale_data.csm (email) values ('\(ada)'), ('\(grace)');
                insert into hale_data.account (account_id, external_id, name, csm_id)
                select number, 'A' || number, 'Account ' || number, csm.csm_id
                from generate_series(1, 3) as number
                left join hale_data.csm as csm
                    on csm.email = case number when 1 then '\(ada)' when 2 then '\(grace)' end;
                insert into hale_data.contract (account_id, external_id)
                select account_id, 'C' || account_id from hale_data.account;
                insert into hale_data.contract_version (
                    account_id, contract_id, valid_from, recorded_at, arr_minor, currency, starts_on, ends_on)
                select account_id, contract_id, '-infinity', '2026-01-01', 120000, 'EUR', '2026-01-01', '2027-01-01'
                from hale_data.contract;
                select hale_data.ensure_month('usage_event', '2026-02-01');
                insert into hale_data.usage_month (
                    account_id, month, active_days, events, quantity, people, named_events, person_days)
                select account_id, '2026-02-01', 1, array_fill(1, array[28]), array_fill(1::bigint, array[28]),
                    array_fill(1, array[28]), array_fill(1, array[28]), ''
                from hale_data.account;
                """)
            try await connection.script(
                """
                insert into hale_data.alert (
                    account_id, rule, state, severity, labels, annotations, since_on, true_days, fired_on, evaluated_on)
                select account_id, 'Soon', 'firing', 'info', '{}', '{}', '2026-03-02', 1, '2026-03-02', '2026-03-02'
                from hale_data.account;
                insert into hale_data.task (
                    account_id, opened_on, as_of, title, is_data_task, minutes, due_on, reasons, band, urgency,
                    expected_loss, value_protected, net_value, priority)
                select account_id, '2026-03-02', '2026-03-02', 'Call', false, 30, '2026-03-02', '{}', 'red', 1, 1, 1, 1, 1
                from hale_data.account;
                select hale_data.ensure_month('health_score', '2026-03-02');
                insert into hale_data.model (model_hash, name, text, drivers, facts)
                values ('m', 'm', '', array['usage.trend'], '{}');
                insert into hale_data.score_run (day, model_hash, finished_at) values ('2026-03-02', 'm', now());
                insert into hale_data.health_score (
                    account_id, day, model_hash, score, baseline, clip, low, high, coverage, rescaling, x, c, mu,
                    points, smoothed_score, smoothed_baseline, smoothed_clip, smoothed_points, computed_band, band,
                    reasons, days_in_band, days_on_other_side, runs_below, contract_state, urgency, arr_minor, facts,
                    texts, run_id)
                select account.account_id, '2026-03-02', 'm', 50, 50, 0, 40, 60, 1, 1, '{0.5}', '{1}', '{0.5}', '{0}',
                    50, 50, 0, '{0}', 'amber', 'amber', '{}', 0, 0, 0, 'running', 1, 120000, '{}', '{}', run.run_id
                from hale_data.account as account
                cross join hale_data.score_run as run;
                """)
        }
    }
}
