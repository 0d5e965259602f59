-- Purpose: completes the open tasks that a call, a meeting or another contact completes, where one took place since
--   they
--   were opened.
-- Grain: one row of counts. Parameters: $1 the last day (date), $2 the accounts (bigint[]; null = all).
-- not null: completed
with
contact as materialized (
    select distinct on (task.account_id, task.task_id)
        task.account_id, task.task_id, touchpoint.kind, hale_data.day_of(touchpoint.occurred_at) as day, csm.email
    from hale_data.task as task
    join hale_data.touchpoint as touchpoint
        on touchpoint.account_id = task.account_id and touchpoint.kind = any (task.completed_by)
        and touchpoint.occurred_at >= hale_data.day_start(task.opened_on)
        and touchpoint.occurred_at < hale_data.day_start($1::date + 1)
    left join hale_data.csm as csm on csm.csm_id = touchpoint.csm_id
    where task.closed_on is null and cardinality(task.completed_by) > 0
        -- A task that was opened again although the contact took place is not completed by it a second time.
        and not exists (
            select from hale_data.task_event as event
            where event.account_id = task.account_id and event.task_id = task.task_id
                and event.kind = 'reopened' and event.recorded_at >= touchpoint.recorded_at)
        and ($2::bigint[] is null or task.account_id = any ($2::bigint[]))
    order by task.account_id, task.task_id, touchpoint.occurred_at
),
completed as (
    update hale_data.task as task
    set closed_on = contact.day, closed_reason = 'done', blocks_until = contact.day + task.cool_down_days
    from contact
    where task.account_id = contact.account_id and task.task_id = contact.task_id
    returning task.account_id, task.task_id
),
told as (
    insert into hale_data.task_event (account_id, task_id, day, kind, by_whom, note, former)
    select
        task.account_id, task.task_id, contact.day, 'done', contact.email, contact.kind, hale_data.task_state(task)
    from completed
    join contact on contact.account_id = completed.account_id and contact.task_id = completed.task_id
    join hale_data.task as task on task.account_id = completed.account_id and task.task_id = completed.task_id
)
select count(*) as completed
from completed
