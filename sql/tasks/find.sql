-- Purpose: tasks that somebody names by number, or by account: of an account those that are open and shown.
-- Grain: one row per task, in order of number. Parameters: $1 numbers (bigint[]), $2 accounts by id (text[]), $3 day
--   (date).
-- not null: account_id, task_id, external_id, origin, title, state, is_held_out
select
    task.account_id, task.task_id, account.external_id, task.origin, task.title,
    hale_data.task_state(task)::text as state,
    task.closed_on, task.closed_reason, task.decision_on, task.risk, task.cool_down_days, task.lapses_on,
    task.is_held_out
from hale_data.task as task
join hale_data.account as account on account.account_id = task.account_id
where task.task_id = any ($1::bigint[])
    or account.external_id = any ($2::text[]) and task.closed_on is null and not task.is_held_out
        and coalesce(task.snoozed_until <= $3::date, true)
order by task.task_id
