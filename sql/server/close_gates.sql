-- Purpose: takes from readers what would let them fill the disk or bring the server to a standstill: large objects, locks
--   by number, of which a server has few, and messages into its log. Run as a superuser in Hale's database; again does no
--   harm.
do $$
declare
    one regprocedure;
begin
    for one in
        select function.oid
        from pg_catalog.pg_proc as function
        where function.pronamespace = 'pg_catalog'::regnamespace
            and function.proname ~ '^(lo_.*|lowrite|loread|pg_(try_)?advisory_.*|pg_logical_emit_message)$'
    loop
        execute format('revoke execute on function %s from public', one);
    end loop;
end
$$;
