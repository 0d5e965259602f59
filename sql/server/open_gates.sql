-- Purpose: what readers may still do that only a superuser can take from them.
-- Grain: one row per role and kind of function. Parameters: none.
-- not null: role, kind
select distinct
    role.rolname::text as role,
    case when function.proname ~ 'advisory' then 'locks by number' else 'large objects' end as kind
from pg_catalog.pg_roles as role
cross join pg_catalog.pg_proc as function
where role.rolname in ('hale_reader', 'hale_rules')
    and function.pronamespace = 'pg_catalog'::regnamespace
    and function.proname in ('lo_create', 'lo_from_bytea', 'pg_advisory_lock')
    and has_function_privilege(role.oid, function.oid, 'execute')
order by role, kind
