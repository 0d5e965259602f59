-- Purpose: what came of the tasks of each playbook before a day: how many that were done say whether the account was
--   saved, how many saved it, and how many accounts were left alone.
-- Grain: one row per playbook with one. Parameters: $1 day (date).
-- not null: playbook, treated, saved, held_out
select
    task.playbook,
    count(*) filter (where not task.is_held_out) as treated,
    count(*) filter (where not task.is_held_out and task.outcome = 'saved') as saved,
    count(*) filter (where task.is_held_out) as held_out
from hale_data.task as task
where task.playbook is not null
    and (
        task.closed_reason = 'done' and task.closed_on < $1::date and task.outcome in ('saved', 'no-change', 'lost')
            and not task.is_held_out
        or task.is_held_out and task.opened_on < $1::date)
group by task.playbook
