-- Purpose: takes from readers what would let them fill the disk or bring the server to a standstill: large objects,
--   locks by number, of which a server has few, messages into its log, and temporary files without a limit, such as
--   those of a sort. Run as a superuser in Hale's database; again does no harm.
do $$
declare
    one regprocedure;
    reader regrole;
begin
    for one in
        select function.oid
        from pg_catalog.pg_proc as function
        where function.pronamespace = 'pg_catalog'::regnamespace
            and function.proname ~ '^(lo_.*|lowrite|loread|pg_(try_)?advisory_.*|pg_logical_emit_message)$'
    loop
        execute format('revoke execute on function %s from public', one);
    end loop;
    -- Settings of roles are those of all databases of the server, where another command may do the same.
    lock table pg_catalog.pg_db_role_setting in share row exclusive mode;
    for reader in
        select role.oid
        from pg_catalog.pg_roles as role
        where role.rolname in ('hale_reader', 'hale_rules')
            and not exists (
                select from pg_catalog.pg_db_role_setting as setting
                cross join unnest(setting.setconfig) as one_setting
                where setting.setrole = role.oid and one_setting like 'temp\_file\_limit=%'
            )
    loop
        execute format('alter role %s set temp_file_limit = %L', reader, '4GB');
    end loop;
end
$$;
