-- Purpose: changes a task as somebody says, and keeps what it was; one that is not as it was seen stays as it is.
-- Grain: one row, none where the task is not as it was seen. Parameters: $1 account key (bigint), $2 task (bigint), $3
--   what
--   is done (text), $4 the day (date), $5 by whom, $6 note, $7 outcome (text), $8 the columns that change (jsonb), $9
--   what
--   it was seen to be (jsonb).
-- not null: event_id
with
changed as (
    update hale_data.task as task
    set closed_on = image.closed_on, closed_reason = image.closed_reason, outcome = image.outcome,
        blocks_until = image.blocks_until, snoozed_on = image.snoozed_on, snoozed_until = image.snoozed_until,
        snoozed_risk = image.snoozed_risk, assignee_id = image.assignee_id, due_on = image.due_on
    from jsonb_populate_record(null::hale_data.task, $9::jsonb || $8::jsonb) as image
    where task.account_id = $1::bigint and task.task_id = $2::bigint
        and hale_data.task_state(task) = $9::jsonb
    returning task.account_id, task.task_id
)
insert into hale_data.task_event (account_id, task_id, day, kind, by_whom, note, outcome, former)
select account_id, task_id, $4::date, $3::text, $5::text, $6::text, $7::text, $9::jsonb
from changed
returning event_id
