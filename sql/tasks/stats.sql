-- Purpose: what became of the tasks of each playbook, and of the renewals that followed: of the accounts whose task was
--   done, and of those that were left alone on purpose.
-- Grain: one row per playbook with a task; the empty name is of tasks that no playbook asked for.
-- Parameters: $1 the last day of tasks and decisions (date), $2 the first day on which tasks were opened (date; null =
--   all).
-- not null: playbook, opened, done, done_by_contact, dropped, lapsed, saved, progress, no_change, lost, not_needed,
--   minutes, saved_arr, treated_decided, treated_kept, held_out, held_out_decided, held_out_kept
with
counted as materialized (
    select
        coalesce(task.playbook, '') as playbook, task.account_id, task.task_id, task.closed_reason, task.outcome,
        task.minutes, task.is_held_out, task.opened_on,
        case when task.risk > 0 then task.expected_loss / task.risk else 0 end as arr,
        task.closed_reason = 'done' and task.outcome is null as is_by_contact
    from hale_data.task as task
    where task.opened_on <= $1::date and ($2::date is null or task.opened_on >= $2::date) and task.origin <> 'person'
),
followed as materialized (
    -- The first renewal that was decided after the task was opened.
    select distinct on (counted.account_id, counted.task_id)
        counted.task_id, counted.account_id, decision.outcome = 'renewed' as is_kept
    from counted
    join hale_data.renewal_decision_on($1::date) as decision
        on decision.account_id = counted.account_id and decision.decided_on > counted.opened_on
    where counted.is_held_out or counted.closed_reason = 'done'
    order by counted.account_id, counted.task_id, decision.decided_on, decision.contract_id
)
select
    counted.playbook,
    count(*) filter (where not counted.is_held_out) as opened,
    count(*) filter (where counted.closed_reason = 'done') as done,
    count(*) filter (where counted.is_by_contact) as done_by_contact,
    count(*) filter (where counted.closed_reason = 'dropped') as dropped,
    count(*) filter (where counted.closed_reason = 'lapsed' and not counted.is_held_out) as lapsed,
    count(*) filter (where counted.outcome = 'saved') as saved,
    count(*) filter (where counted.outcome = 'progress') as progress,
    count(*) filter (where counted.outcome = 'no-change') as no_change,
    count(*) filter (where counted.outcome = 'lost') as lost,
    count(*) filter (where counted.outcome = 'not-needed') as not_needed,
    coalesce(sum(counted.minutes) filter (where counted.closed_reason = 'done'), 0) as minutes,
    coalesce(sum(counted.arr) filter (where counted.outcome = 'saved'), 0)::float8 as saved_arr,
    count(followed.task_id) filter (where counted.closed_reason = 'done') as treated_decided,
    count(followed.task_id) filter (where counted.closed_reason = 'done' and followed.is_kept) as treated_kept,
    count(*) filter (where counted.is_held_out) as held_out,
    count(followed.task_id) filter (where counted.is_held_out) as held_out_decided,
    count(followed.task_id) filter (where counted.is_held_out and followed.is_kept) as held_out_kept
from counted
left join followed on followed.account_id = counted.account_id and followed.task_id = counted.task_id
group by counted.playbook
order by counted.playbook
