import HaleTestSupport

/// Every row of every table of facts, to compare the whole database before and after.
enum TableDump {
    /// The text of each table except receipts, what belongs to them, and the notes of what changed since the last
    /// scores, which an undo adds to; rows in a fixed order.
    static func taken() async throws -> [String: String] {
        let names = try await ImportFixture.texts(
            """
            select relation.relname::text as text
            from pg_class as relation
            where relation.relnamespace = 'hale_data'::regnamespace and relation.relkind in ('r', 'p')
                and not relation.relispartition
                and relation.relname not in (
                    'import_receipt', 'import_reject', 'import_change', 'account_change', 'common_change',
                    'schema_migration')
            order by relation.relname
            """)
        var dump: [String: String] = [:]
        for name in names {
            dump[name] = try await ImportFixture.texts(
                "select coalesce(string_agg(row::text, E'\\n' order by row::text), '') as text from hale_data.\"\(name)\" as row"
            ).first
        }
        return dump
    }
}
