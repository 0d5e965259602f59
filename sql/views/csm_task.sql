-- Purpose: the tasks of a day: what is to be done, why, what it protects, and what became of it.
-- Grain: one row per task that was opened up to the day. Of the newest scored day (or a later one) the tasks are as
--   they are now, as in the lists; of an earlier one what was done since is not told. Figures are those of the last
--   night on which the task was open.
create or replace function hale.csm_task_on(as_of date)
returns table (
    task_id bigint, csm text, performer text, account_id text, name text, band text, title text, facts text[],
    reasons text[], playbook text, step text, due_on date, decision_on date, days_to_decision integer,
    minutes integer, value_protected numeric, currency text, urgency double precision, priority double precision,
    state text, outcome text, opened_on date, closed_on date, is_held_out boolean, snoozed_until date, origin text,
    is_data_task boolean, save_rate double precision, is_save_rate_assumed boolean, risk double precision,
    probability_basis text, came_back_from bigint, value_protected_minor bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        task.task_id, csm.email, coalesce(assignee.email, csm.email), account.external_id, account.name, task.band,
        task.title, task.facts, task.reasons, task.playbook, nullif(task.step, ''), task.due_on, task.decision_on,
        coalesce(task.decision_on - csm_task_on.as_of, task.days_to_decision), task.minutes,
        hale_data.major(protected.minor, money.currency), money.currency, task.urgency, worth.priority,
        case
            when task.closed_on <= seen.day then task.closed_reason
            when task.snoozed_on <= seen.day and task.snoozed_until > seen.day then 'snoozed'
            else 'open'
        end,
        case when task.closed_on <= seen.day then task.outcome end, task.opened_on,
        case when task.closed_on <= seen.day then task.closed_on end, task.is_held_out,
        case when task.snoozed_on <= seen.day then task.snoozed_until end, task.origin, task.is_data_task,
        worth.save_rate, task.is_save_rate_assumed, task.risk, task.probability_basis, task.former_task_id,
        protected.minor
    from (
        select case
            when csm_task_on.as_of < hale.newest_day() then csm_task_on.as_of
            else greatest(csm_task_on.as_of, hale_data.day_of(now()))
        end as day
        offset 0
    ) as seen
    cross join (select hale_data.reporting_currency() as currency offset 0) as money
    join hale_data.task as task on task.opened_on <= seen.day
    join hale_data.account as account on account.account_id = task.account_id
    -- The day is named in full, as tasks have a column of that name.
    left join hale_data.responsible_csm_on(csm_task_on.as_of) as csm on csm.account_id = task.account_id
    -- What the account's own CSM was given goes to whoever covers too.
    left join hale_data.csm as assignee
        on assignee.csm_id = task.assignee_id and assignee.csm_id is distinct from csm.covered_csm_id
    cross join lateral hale_data.task_worth(
        task.expected_loss, task.save_rate, task.urgency, task.minutes) as worth
    cross join lateral (
        select worth.value_protected * power(10::float8, hale_data.minor_digits(money.currency)) as minor
    ) as exact
    cross join lateral (
        -- Halves up, as everywhere else; there is no value in money of data, nor without a currency.
        select case when not task.is_data_task then
            (floor(exact.minor) + case when exact.minor - floor(exact.minor) >= 0.5 then 1 else 0 end)::bigint
        end as minor
    ) as protected
    where hale_data.may_see(csm.email)
$$;
create or replace view hale.csm_task with (security_barrier) as
select
    task_id, csm, performer, account_id, name, band, title, facts, reasons, playbook, step, due_on, decision_on,
    days_to_decision, minutes, value_protected, currency, urgency, priority, state, outcome, opened_on, closed_on,
    is_held_out, snoozed_until, origin, is_data_task, save_rate, is_save_rate_assumed, risk, probability_basis,
    came_back_from, value_protected_minor
from hale.csm_task_on(hale.newest_day());
comment on view hale.csm_task is
    'the tasks as they are now, those that are over too, one row per task; with the figures of the last night on which '
    'each was open';
comment on column hale.csm_task.task_id is 'number of the task';
comment on column hale.csm_task.csm is 'e-mail of the CSM who is responsible for the account';
comment on column hale.csm_task.performer is 'e-mail of who does it: whoever was given it, else the CSM';
comment on column hale.csm_task.account_id is 'the account''s id as imported';
comment on column hale.csm_task.name is 'the account''s name';
comment on column hale.csm_task.band is 'the account''s band: red, amber, green or unknown';
comment on column hale.csm_task.title is 'what to do';
comment on column hale.csm_task.facts is 'why, in a few words with figures, the most pressing first';
comment on column hale.csm_task.reasons is 'why, in sentences';
comment on column hale.csm_task.playbook is 'the playbook that says what to do; null where a reason does';
comment on column hale.csm_task.step is 'the dated step of the playbook; null for any other task';
comment on column hale.csm_task.due_on is 'the day by which it should be done';
comment on column hale.csm_task.decision_on is 'the day of the account''s nearest decision; null without one';
comment on column hale.csm_task.days_to_decision is 'days to it, negative when past';
comment on column hale.csm_task.minutes is 'how long it takes';
comment on column hale.csm_task.value_protected is
    'what it is expected to protect, major units of the reporting currency; null for a task about missing data';
comment on column hale.csm_task.currency is 'the reporting currency (ISO 4217)';
comment on column hale.csm_task.urgency is 'factor on the value of acting now; it orders the list and is in no amount';
comment on column hale.csm_task.priority is
    'what lists are ordered by: urgency times the value protected, less the cost of the time, an hour [major units]';
comment on column hale.csm_task.state is 'open, snoozed, done, dropped, lapsed, cancelled or resolved';
comment on column hale.csm_task.outcome is 'what came of it: saved, progress, no-change, lost or not-needed';
comment on column hale.csm_task.opened_on is 'the day on which it was opened';
comment on column hale.csm_task.closed_on is 'the day on which it ended; null while it is open';
comment on column hale.csm_task.is_held_out is
    'whether the account is left alone on purpose, to see what the playbook does';
comment on column hale.csm_task.snoozed_until is 'the day on which it is shown again; null where nobody put it off';
comment on column hale.csm_task.origin is
    'account (its alerts and reasons), step (a dated step of a playbook) or person (somebody added it)';
comment on column hale.csm_task.is_data_task is 'whether it is to complete what is known, and has no value in money';
comment on column hale.csm_task.save_rate is 'share of losses that it prevents beside the account''s other tasks';
comment on column hale.csm_task.is_save_rate_assumed is
    'true until enough renewals were decided after the playbook''s tasks and where accounts were held out';
comment on column hale.csm_task.risk is 'P(lost) over the account''s contracts, by ARR; null where nothing is at stake';
comment on column hale.csm_task.probability_basis is 'what the probabilities of renewal rest on';
comment on column hale.csm_task.came_back_from is 'the task about the same that somebody ended before; null for none';
comment on column hale.csm_task.value_protected_minor is 'value_protected in minor units';
