-- Purpose: the sessions of one command that wait for a lock, and whom they wait for.
-- Grain: one row per session in the way. Parameters: $1 the command's application name; its other sessions have names
--   that begin with it and a blank.
-- not null: pid, seconds
select
    blocking.pid, blocker.application_name as program, blocker.usename::text as role,
    blocker.state = 'idle in transaction' as is_idle,
    greatest(0, floor(extract(epoch from clock_timestamp() - blocker.xact_start)))::bigint as held_seconds,
    max(greatest(0, floor(extract(epoch from clock_timestamp() - waiting.query_start))))::bigint as seconds
from pg_catalog.pg_stat_activity as waiting
cross join lateral unnest(pg_catalog.pg_blocking_pids(waiting.pid)) as blocking (pid)
left join pg_catalog.pg_stat_activity as blocker on blocker.pid = blocking.pid
where waiting.datname = current_database() and waiting.wait_event_type = 'Lock'
    and (waiting.application_name = $1::text or starts_with(waiting.application_name, $1::text || ' '))
    and coalesce(
        blocker.application_name <> $1::text and not starts_with(blocker.application_name, $1::text || ' '), true)
group by blocking.pid, blocker.application_name, blocker.usename, blocker.state, blocker.xact_start
order by blocking.pid
