-- Purpose: how often tasks were changed, and when last. Grain: one row per task that was. Parameters: $1 numbers
--   (bigint[]).
-- not null: task_id, changes, changed_at
select
    event.task_id, count(*) as changes,
    to_char(max(event.recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed_at
from hale_data.task_event as event
where event.task_id = any ($1::bigint[])
group by event.task_id
