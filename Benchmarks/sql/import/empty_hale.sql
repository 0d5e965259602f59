-- Purpose: takes everything away that the import of usage made, and nothing else.
do $$
begin
    execute (
        select 'truncate ' || string_agg(class.oid::regclass::text, ', ') || ' cascade'
        from pg_class as class
        where class.relnamespace = 'hale_data'::regnamespace
            and class.relkind in ('r', 'p')
            and not class.relispartition
            and class.relname not in (
                'account', 'account_key', 'csm', 'model', 'schema_migration', 'setting')
    );
end
$$;
