-- Purpose: the last change of a task that can be taken back: what it was before. Grain: one row, or none.
-- Parameters: $1 account key, $2 task (bigint).
-- not null: event_id, kind, former
select event.event_id, event.kind, event.by_whom, event.former::text as former
from hale_data.task_event as event
where event.account_id = $1::bigint and event.task_id = $2::bigint
    and event.former is not null and event.undone_by is null
    and event.kind in ('done', 'snoozed', 'assigned', 'dropped')
order by event.event_id desc
limit 1
