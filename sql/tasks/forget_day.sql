-- Purpose: takes back what a day did to open tasks: those that it opened go, those that it refreshed wait to be looked
--   at. What a later day looked at too stays as that day left it.
-- Grain: one row. Parameters: $1 day (date), $2 the newest scored day before it (date; null = none).
-- not null: removed
with
removed as (
    delete from hale_data.task
    where opened_on = $1::date and as_of = $1::date and origin <> 'person'
        and coalesce(closed_reason not in ('done', 'dropped'), true)
    returning account_id, task_id
),
untold as (
    delete from hale_data.task_event as event
    using removed
    where event.account_id = removed.account_id and event.task_id = removed.task_id
),
refreshed as (
    update hale_data.task
    set as_of = greatest(opened_on, $2::date)
    where as_of = $1::date and opened_on < $1::date
)
select count(*) as removed
from removed
