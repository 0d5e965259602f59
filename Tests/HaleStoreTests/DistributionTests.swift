import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Spreading the tables, up to the calls themselves: those are the extension's, which the tests do not have.
@Suite(.database) struct `Spreading the tables` {
    private static func plan() async throws -> [DistributionStore.Step] {
        try await TestDatabase.shared.session(as: "hale_owner") { try await DistributionStore($0).plan() }
    }

    @Test func `the plan holds every table that is not local, once, and no partition`() async throws {
        let database = try TestDatabase.shared
        _ = try await database.query("select hale_data.ensure_month('usage_event', '2026-03-01') is null as made")
        let spread = try await database.session(as: "postgres") { connection in
            try await connection.texts(
                """
                select schemaname || '.' || tablename as value
                from pg_tables
                where schemaname = 'hale_data' and tablename !~ '_[0-9]{4}_[0-9]{2}$'
                    and obj_description((schemaname || '.' || tablename)::regclass, 'pg_class') !~ '^local'
                order by value
                """)
        }
        #expect(spread.count > 15)
        #expect(try await Self.plan().map(\.name).sorted() == spread)
    }

    @Test func `reference tables come first, behind those they refer to, and all others join the accounts`()
        async throws
    {
        let plan = try await Self.plan()
        let kinds = plan.map(\.kind.rawValue)
        #expect(kinds == kinds.sorted(by: >), "reference before distributed")
        let names = plan.map(\.name)
        let model = try #require(names.firstIndex(of: "hale_data.model"))
        let portfolio = try #require(names.firstIndex(of: "hale_data.portfolio_day"))
        #expect(model < portfolio)
        #expect(plan[model].call == "select create_reference_table('hale_data.model')")
        let distributed = plan.filter { $0.kind == .distributed }
        #expect(
            distributed.first?.call
                == "select create_distributed_table('hale_data.account', 'account_id', colocate_with => 'none')")
        for step in distributed.dropFirst() {
            let group = "'account_id', colocate_with => 'hale_data.account')"
            #expect(step.call == "select create_distributed_table('\(step.name)', \(group)")
        }
    }

    @Test func `a server without Citus is refused with one line and left alone`() async throws {
        try await TestDatabase.shared.session(as: "hale_owner") { connection in
            let error = await #expect(throws: StoreError.self) {
                try await DistributionStore(connection).distribute()
            }
            #expect(error == .noCitus)
        }
    }

    /// Functions of the extension's names that note their calls, and a line in the catalogue that says it is there.
    private static let noting = """
        set allow_system_table_mods = on;
        insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
            values (16000, 'citus', 10, 'public'::regnamespace, false, '0');
        create table public.noted (number bigint generated always as identity, call text);
        create table public.pg_dist_partition (logicalrelid regclass, partmethod "char");
        create function public.create_reference_table(name regclass) returns void language sql as $$
            insert into public.noted (call) values ('reference ' || name);
            insert into public.pg_dist_partition values (name, 'n') $$;
        create function public.create_distributed_table(name regclass, by text, colocate_with text) returns void
            language sql as $$
            insert into public.noted (call) values ('distributed ' || name || ' by ' || by || ' with ' || colocate_with);
            insert into public.pg_dist_partition values (name, 'h') $$;
        grant all on all tables in schema public to hale_owner;
        """

    @Test func `what is not spread yet is spread, in order, and once`() async throws {
        let plan = try await Self.plan()
        try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.script(Self.noting)
            // As if a run had ended behind its first table.
            try await connection.script(plan[0].call)
            let done = try await DistributionStore(connection).distribute()
            #expect(done == Array(plan.dropFirst()))
            let noted = try await connection.texts("select call as value from public.noted order by number")
            #expect(noted.count == plan.count)
            #expect(noted.last == "distributed \(plan[plan.count - 1].name) by account_id with hale_data.account")
            #expect(try await DistributionStore(connection).distribute().isEmpty)
        }
    }
}
