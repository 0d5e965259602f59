-- Purpose: everything that was done to tasks, oldest first. Grain: one row per event. Parameters: $1 numbers
--   (bigint[]).
-- not null: event_id, task_id, day, kind, recorded_at, has_former, is_undone
select
    event.event_id, event.task_id, event.day, event.kind, event.by_whom, event.note, event.outcome,
    to_char(event.recorded_at at time zone (select hale_data.time_zone()), 'YYYY-MM-DD HH24:MI') as recorded_at,
    event.former is not null as has_former, event.undone_by is not null as is_undone
from hale_data.task_event as event
where event.task_id = any ($1::bigint[])
order by event.event_id
