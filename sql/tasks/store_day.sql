-- Purpose: opens new tasks, refreshes open ones, wakes those that were snoozed and became pressing, and closes those
--   that
--   nothing calls for any more.
-- Grain: one row of counts. Parameters: $1 day (date), $2 the accounts that were looked at (bigint[]; null = all).
-- not null: opened, refreshed, closed, woken
with
closed as (
    update hale_data.task as task
    set closed_on = $1::date,
        closed_reason = case
            when task.origin = 'account' then 'resolved'
            when task.lapses_on <= $1::date then 'lapsed'
            else 'cancelled'
        end
    where task.closed_on is null and task.as_of <= $1::date and task.origin <> 'person'
        and ($2::bigint[] is null or task.account_id = any ($2::bigint[]))
        and not exists (
            select from staged_task as staged
            where staged.account_id = task.account_id and staged.task_id = task.task_id)
    returning task.account_id, task.task_id, task.closed_reason as kind
),
woken as (
    select task.account_id, task.task_id, cause.note, hale_data.task_state(task) as former
    from staged_task as staged
    join hale_data.task as task on task.account_id = staged.account_id and task.task_id = staged.task_id
    cross join lateral (
        select case
            when staged.notice_given and not task.notice_given then 'notice was given'
            when staged.cliff_since > task.snoozed_on then 'usage fell off a cliff'
            when staged.risk >= task.snoozed_risk + 0.1 then
                format('risk rose from %s %% to %s %%', round((100 * task.snoozed_risk)::numeric),
                    round((100 * staged.risk)::numeric))
            when staged.decision_on - 14 <= $1::date then 'the decision is near'
        end as note
    ) as cause
    where task.snoozed_until > $1::date and task.closed_on is null and task.as_of <= $1::date
        and cause.note is not null
),
refreshed as (
    update hale_data.task as old
    set as_of = $1::date, playbook = staged.playbook, title = staged.title, is_data_task = staged.is_data_task,
        minutes = staged.minutes, due_on = staged.due_on, reasons = staged.reasons, facts = staged.facts,
        keys = staged.keys, band = staged.band, days_to_decision = staged.days_to_decision,
        decision_on = staged.decision_on, urgency = staged.urgency, expected_loss = staged.expected_loss,
        risk = staged.risk, value_protected = staged.value_protected, net_value = staged.net_value,
        priority = staged.priority, save_rate = staged.save_rate,
        is_save_rate_assumed = staged.is_save_rate_assumed, probability_basis = staged.probability_basis,
        completed_by = staged.completed_by, cool_down_days = staged.cool_down_days, checklist = staged.checklist,
        former_task_id = staged.former_task_id, cliff_since = staged.cliff_since,
        notice_given = staged.notice_given, opens_on = staged.opens_on, lapses_on = staged.lapses_on,
        snoozed_until = case when woken.task_id is null then old.snoozed_until end,
        snoozed_on = case when woken.task_id is null then old.snoozed_on end,
        snoozed_risk = case when woken.task_id is null then old.snoozed_risk end,
        closed_on = null, closed_reason = null
    from staged_task as staged
    left join woken on woken.account_id = staged.account_id and woken.task_id = staged.task_id
    where old.account_id = staged.account_id and old.task_id = staged.task_id and old.as_of <= $1::date
        -- A step that was cancelled comes back; what somebody ended does not.
        and (old.closed_on is null or old.closed_reason = 'cancelled')
        and (
            old.as_of, old.closed_on, old.playbook, old.title, old.is_data_task, old.minutes, old.due_on, old.reasons,
            old.facts, old.keys, old.band, old.days_to_decision, old.decision_on, old.urgency, old.expected_loss,
            old.risk, old.value_protected, old.net_value, old.priority, old.save_rate, old.is_save_rate_assumed,
            old.probability_basis, old.completed_by, old.cool_down_days, old.checklist, old.former_task_id,
            old.cliff_since, old.notice_given, old.opens_on, old.lapses_on, woken.task_id
        ) is distinct from (
            $1::date, null::date, staged.playbook, staged.title, staged.is_data_task, staged.minutes, staged.due_on,
            staged.reasons, staged.facts, staged.keys, staged.band, staged.days_to_decision, staged.decision_on,
            staged.urgency, staged.expected_loss, staged.risk, staged.value_protected, staged.net_value,
            staged.priority, staged.save_rate, staged.is_save_rate_assumed, staged.probability_basis,
            staged.completed_by, staged.cool_down_days, staged.checklist, staged.former_task_id,
            staged.cliff_since, staged.notice_given, staged.opens_on, staged.lapses_on, null::bigint
        )
    returning old.task_id
),
opened as (
    insert into hale_data.task (
        account_id, opened_on, as_of, origin, playbook, step, occasion, opens_on, lapses_on, title, is_data_task,
        minutes, due_on, reasons, facts, keys, band, days_to_decision, decision_on, urgency, expected_loss, risk,
        value_protected, net_value, priority, save_rate, is_save_rate_assumed, probability_basis, completed_by,
        cool_down_days, performer, checklist, assignee_id, is_held_out, former_task_id, cliff_since, notice_given)
    select
        account_id, $1::date, $1::date, origin, playbook, step, occasion, opens_on, lapses_on, title, is_data_task,
        minutes, due_on, reasons, facts, keys, band, days_to_decision, decision_on, urgency, expected_loss, risk,
        value_protected, net_value, priority, save_rate, is_save_rate_assumed, probability_basis, completed_by,
        cool_down_days, performer, checklist, assignee_id, is_held_out, former_task_id, cliff_since, notice_given
    from staged_task
    where task_id is null
    on conflict do nothing
    returning account_id, task_id
),
told as (
    insert into hale_data.task_event (account_id, task_id, day, kind, note, former)
    select account_id, task_id, $1::date, 'opened', null::text, null::jsonb from opened
    union all
    select account_id, task_id, $1::date, kind, null, null from closed
    union all
    select account_id, task_id, $1::date, 'woken', note, former from woken
)
select
    (select count(*) from opened) as opened,
    (select count(*) from refreshed) as refreshed,
    (select count(*) from closed) as closed,
    (select count(*) from woken) as woken
