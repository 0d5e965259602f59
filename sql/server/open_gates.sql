-- Purpose: what readers may still do that only a superuser can take from them.
-- Grain: one row per role and kind of right. Parameters: none.
-- not null: role, kind
select
    role.rolname::text as role,
    'temporary files without a limit' as kind
from pg_catalog.pg_roles as role
where role.rolname in ('hale_reader', 'hale_rules')
    and not exists (
        select from pg_catalog.pg_settings as server
        where server.name = 'temp_file_limit' and server.source = 'configuration file' and server.setting <> '-1'
    )
    and not exists (
        select from pg_catalog.pg_db_role_setting as setting
        cross join unnest(setting.setconfig) as one_setting
        where setting.setrole = role.oid
            and setting.setdatabase in (
                0, (select oid from pg_catalog.pg_database where datname = current_database())
            )
            and one_setting like 'temp\_file\_limit=%'
            and one_setting <> 'temp_file_limit=-1'
    )
union
select
    role.rolname::text,
    case when function.proname ~ 'advisory' then 'locks by number' else 'large objects' end
from pg_catalog.pg_roles as role
cross join pg_catalog.pg_proc as function
where role.rolname in ('hale_reader', 'hale_rules')
    and function.pronamespace = 'pg_catalog'::regnamespace
    and function.proname in ('lo_create', 'lo_from_bytea', 'pg_advisory_lock')
    and has_function_privilege(role.oid, function.oid, 'execute')
order by role, kind
