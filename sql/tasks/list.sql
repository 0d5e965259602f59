-- Purpose: tasks as lists show them: with their accounts, who does them, and the band of the day.
-- Grain: one row per task, in order of account and number.
-- Parameters: $1 day (date), $2 who does it, by e-mail (text; null = all), $3 numbers (bigint[]; null = all), $4
--   accounts
--   by id (text[]; null = all), $5 whether those that are over too (boolean), $6 how many days back those (integer).
-- not null: task_id, origin, account_id, external_id, name, capacity_minutes, band, computed_band, title, facts,
--   reasons, step, checklist, minutes, due_on, opened_on, urgency, save_rate, is_save_rate_assumed, value_protected,
--   net_value, plan_value, priority, is_data_task, is_held_out
with
-- Whose tasks are asked for: the accounts, with who looks after them. Those of a CSM are few among all, so they are
--   found by their indexes, and who looks after what somebody was given is asked account by account.
asked as (
    select owner.account_id, owner.email, owner.capacity_minutes, owner.covered_csm_id
    from hale_data.responsible_csm_on($1::date) as owner
    where owner.email = lower($2::text)
    union all
    select given.account_id, owner.email, owner.capacity_minutes, owner.covered_csm_id
    from (
        select distinct task.account_id
        from hale_data.task as task
        join hale_data.csm as performer on performer.csm_id = task.assignee_id
        where performer.email = lower($2::text)
    ) as given
    left join lateral (
        select responsible.*
        from hale_data.responsible_csm_on($1::date) as responsible
        where responsible.account_id = given.account_id
        offset 0
    ) as owner on true
    where owner.email is distinct from lower($2::text)
    union all
    select account.account_id, owner.email, owner.capacity_minutes, owner.covered_csm_id
    from hale_data.account as account
    left join hale_data.responsible_csm_on($1::date) as owner on owner.account_id = account.account_id
    where $2::text is null
        and ($3::bigint[] is null or account.account_id = any (array(
            select named.account_id from hale_data.task as named where named.task_id = any ($3::bigint[]))))
        and ($4::text[] is null or account.external_id = any ($4::text[]))
)
select
    task.task_id, task.origin, task.account_id, account.external_id, account.name, account.segment,
    owner.email as csm, assignee.email as assignee,
    coalesce(assignee.capacity_minutes, owner.capacity_minutes, 240) as capacity_minutes,
    task.band, coalesce(health.band, task.band) as computed_band,
    override.band as override_band, override.starts_on as override_starts_on, override.until_on as override_until_on,
    override.reason as override_reason, override.set_by as override_set_by,
    task.title, task.facts, task.reasons, task.playbook, task.step, task.checklist, task.minutes, task.due_on,
    task.opened_on, task.decision_on,
    coalesce(task.decision_on - $1::date, task.days_to_decision) as days_to_decision, task.urgency,
    task.risk, worth.save_rate, task.is_save_rate_assumed, worth.value_protected, worth.net_value,
    worth.plan_value, worth.priority, task.probability_basis, task.is_data_task, task.is_held_out,
    task.snoozed_until, task.former_task_id, task.closed_on, task.closed_reason, task.outcome
from asked as owner
join hale_data.account as account on account.account_id = owner.account_id
join hale_data.task as task on task.account_id = owner.account_id
-- What the account's own CSM was given goes to whoever covers too.
left join hale_data.csm as assignee
    on assignee.csm_id = task.assignee_id and assignee.csm_id is distinct from owner.covered_csm_id
left join hale_data.override_on($1::date) as override on override.account_id = task.account_id
-- A task knows the band that people see; the computed one is another only where somebody set it.
left join hale_data.health_score as health
    on health.account_id = override.account_id and health.day = $1::date
    and health.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
cross join lateral hale_data.task_worth(task.expected_loss, task.save_rate, task.urgency, task.minutes) as worth
where ($2::text is null or coalesce(assignee.email, owner.email) = lower($2::text))
    and ($3::bigint[] is null or task.task_id = any ($3::bigint[]))
    and ($4::text[] is null or account.external_id = any ($4::text[]))
    and (task.closed_on is null or $5::boolean and task.closed_on > $1::date - $6::integer)
order by account.external_id, task.task_id
