-- Purpose: the tasks of accounts that count when a day is planned: those open on it, those that somebody ended within a
--   year, and the dated steps that are over but could be asked for again.
-- Grain: one row per task, in order of account_id. Parameters: $1 day (date), $2 first, $3 last account, $4 account ids
--   (bigint[]; null = all of the range).
-- not null: account_id, task_id, origin, playbook, step, keys, is_held_out
select
    task.account_id, task.task_id, task.origin, coalesce(task.playbook, '') as playbook, task.step, task.occasion,
    task.keys,
    case when task.closed_on <= $1::date then task.closed_on end as closed_on,
    case when task.closed_on <= $1::date then task.closed_reason end as closed_reason,
    case when task.closed_on <= $1::date then task.blocks_until end as blocks_until,
    task.is_held_out
from hale_data.task as task
where task.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or task.account_id = any ($4::bigint[]))
    and task.opened_on <= $1::date
    and task.origin <> 'person'
    and (
        task.closed_on is null or task.closed_on > $1::date
        or task.origin = 'account' and task.closed_reason in ('done', 'dropped') and task.closed_on > $1::date - 365
        -- A renewal's date may move by less than that and be the same renewal.
        or task.origin = 'step' and task.lapses_on > $1::date - 45
    )
order by task.account_id, task.task_id
