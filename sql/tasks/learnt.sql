-- Purpose: what came of the tasks of each playbook that were done before a day: how many say whether the account was
--   saved, and how many saved it.
-- Grain: one row per playbook with one. Parameters: $1 day (date).
-- not null: playbook, treated, saved
select
    task.playbook, count(*) as treated, count(*) filter (where task.outcome = 'saved') as saved
from hale_data.task as task
where task.closed_reason = 'done' and task.playbook is not null and task.closed_on < $1::date
    and task.outcome in ('saved', 'no-change', 'lost')
group by task.playbook
