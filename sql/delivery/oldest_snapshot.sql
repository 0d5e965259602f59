-- Purpose: the transaction that has held its snapshot longest; while it does, no dead row can go.
-- Grain: one row, none where nobody holds one. Parameters: none.
-- not null: pid, seconds
select
    activity.pid, floor(extract(epoch from now() - activity.xact_start))::bigint as seconds,
    activity.usename::text as role,
    activity.application_name as program
from pg_catalog.pg_stat_activity as activity
where activity.backend_xmin is not null and activity.pid <> pg_backend_pid() and activity.xact_start is not null
    and activity.datname = current_database()
order by activity.xact_start
limit 1
