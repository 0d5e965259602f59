-- Purpose: opens the tasks again that a day closed, where the account has no other by now; after tasks/forget_day.
-- Grain: one row. Parameters: $1 day (date).
-- not null: reopened
with
reopened as (
    update hale_data.task as task
    set closed_on = null, closed_reason = null
    where task.closed_on = $1::date and task.closed_reason in ('resolved', 'lapsed', 'cancelled')
        and (
            task.origin = 'step'
            or not exists (
                select from hale_data.task as other
                where other.account_id = task.account_id and other.origin = 'account' and other.closed_on is null))
    returning task.account_id, task.task_id
),
untold as (
    delete from hale_data.task_event as event
    using reopened
    where event.account_id = reopened.account_id and event.task_id = reopened.task_id and event.day = $1::date
        and event.kind in ('resolved', 'lapsed', 'cancelled')
)
select count(*) as reopened
from reopened
