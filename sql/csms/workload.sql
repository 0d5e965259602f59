-- Purpose: what each CSM looks after on a day: accounts, what they pay, and the open tasks that are theirs to do, with
--   the minutes of those that are due within seven days or overdue.
-- Grain: one row per CSM, in order of e-mail; last one without e-mail for the accounts that nobody looks after, if any.
-- Parameters: $1 day (date), $2 e-mails (text[]; null = all).
-- ARR is null where an amount of it has no exchange rate.
-- not null: accounts, covered_accounts, given_accounts, tasks, minutes
with
responsible as materialized (
    select account.account_id, responsible.csm_id, responsible.covered_csm_id
    from hale_data.account as account
    left join hale_data.responsible_csm_on($1::date) as responsible on responsible.account_id = account.account_id
),
held as (
    select
        responsible.csm_id, count(*) as accounts,
        count(*) filter (where responsible.covered_csm_id is not null) as covered_accounts
    from responsible
    group by responsible.csm_id
),
given as (
    select responsible.covered_csm_id as csm_id, count(*) as accounts
    from responsible
    where responsible.covered_csm_id is not null
    group by responsible.covered_csm_id
),
paid as (
    select
        responsible.csm_id, bool_and(amount.minor is not null) as is_known, sum(amount.minor)::bigint as arr_minor
    from hale_data.contract_on($1::date) as contract
    join responsible on responsible.account_id = contract.account_id
    cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
    cross join lateral (
        select case
            when contract.currency = reporting.currency then contract.arr_minor
            else hale_data.in_reporting_currency(
                contract.arr_minor, contract.currency, reporting.currency, $1::date)
        end as minor
        offset 0
    ) as amount
    where contract.is_live
    group by responsible.csm_id
),
work as (
    select
        performer.csm_id, count(*) as tasks,
        sum(task.minutes) filter (where task.due_on <= $1::date + 7) as minutes
    from hale_data.task as task
    join responsible on responsible.account_id = task.account_id
    -- What the account's own CSM was given goes to whoever covers too.
    cross join lateral (
        select coalesce(nullif(task.assignee_id, responsible.covered_csm_id), responsible.csm_id) as csm_id
    ) as performer
    where task.opened_on <= $1::date and (task.closed_on is null or task.closed_on > $1::date)
        and not task.is_held_out and coalesce(task.snoozed_until <= $1::date, true)
    group by performer.csm_id
)
select
    csm.email, csm.name, csm.capacity_minutes,
    coalesce(held.accounts, 0) as accounts, coalesce(held.covered_accounts, 0) as covered_accounts,
    coalesce(given.accounts, 0) as given_accounts,
    case when paid.is_known is null then 0 when paid.is_known then paid.arr_minor end as arr_minor,
    coalesce(work.tasks, 0) as tasks, coalesce(work.minutes, 0) as minutes
from hale_data.csm as csm
full join held on held.csm_id = csm.csm_id
left join given on given.csm_id = csm.csm_id
left join paid on paid.csm_id is not distinct from csm.csm_id
left join work on work.csm_id is not distinct from csm.csm_id
where $2::text[] is null or csm.email = any ($2::text[])
order by csm.email nulls last
