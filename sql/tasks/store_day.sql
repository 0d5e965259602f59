-- Purpose: opens new tasks, refreshes open ones and closes those that nothing calls for any more.
-- Grain: one row of counts. Parameters: $1 day (date), $2 the accounts that were looked at (bigint[]; null = all).
-- not null: opened, refreshed, closed
with
closed as (
    update hale_data.task as task
    set closed_on = $1::date, closed_reason = 'resolved'
    where task.closed_on is null and task.as_of <= $1::date
        and ($2::bigint[] is null or task.account_id = any ($2::bigint[]))
        and not exists (select from staged_task as staged where staged.account_id = task.account_id)
    returning task.account_id
),
written as (
    insert into hale_data.task as old (
        account_id, opened_on, as_of, title, is_data_task, minutes, due_on, reasons, band, days_to_decision,
        urgency, expected_loss, value_protected, net_value, priority, probability_basis, playbook)
    select
        account_id, $1::date, $1::date, title, is_data_task, minutes, due_on, reasons, band, days_to_decision,
        urgency, expected_loss, value_protected, net_value, priority, probability_basis, playbook
    from staged_task
    on conflict (account_id) where closed_on is null do update
    set as_of = excluded.as_of, title = excluded.title, is_data_task = excluded.is_data_task,
        minutes = excluded.minutes, due_on = excluded.due_on, reasons = excluded.reasons, band = excluded.band,
        days_to_decision = excluded.days_to_decision, urgency = excluded.urgency,
        expected_loss = excluded.expected_loss, value_protected = excluded.value_protected,
        net_value = excluded.net_value, priority = excluded.priority, probability_basis = excluded.probability_basis,
        playbook = excluded.playbook
    where old.as_of <= excluded.as_of
        and (
            old.as_of, old.title, old.is_data_task, old.minutes, old.due_on, old.reasons, old.band,
            old.days_to_decision, old.urgency, old.expected_loss, old.value_protected, old.net_value, old.priority,
            old.probability_basis, old.playbook
        ) is distinct from (
            excluded.as_of, excluded.title, excluded.is_data_task, excluded.minutes, excluded.due_on,
            excluded.reasons, excluded.band, excluded.days_to_decision, excluded.urgency, excluded.expected_loss,
            excluded.value_protected, excluded.net_value, excluded.priority,
            excluded.probability_basis, excluded.playbook
        )
    returning xmax = 0 as is_new
)
select
    count(*) filter (where is_new) as opened,
    count(*) filter (where not is_new) as refreshed,
    (select count(*) from closed) as closed
from written
