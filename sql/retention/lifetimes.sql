-- Purpose: since when every customer has been one, until when, and what the live contracts run at,
--   which is null where an amount of it has no exchange rate.
-- Grain: one row per account that ever had a contract of some ARR, in order of its id. Parameters: $1 day (date).
-- A customer is lost on the day the last contract stopped, where that was decided so; where it is not decided, or was
-- renewed and the new term is not there, nothing is known after that day (censored_on).
-- not null: account_id, account, first_on, evergreen_days
with
known as (
    select account_id, min(starts_on) as first_on
    from hale_data.contract_version
    where starts_on <= $1::date and arr_minor > 0
    group by account_id
),
running as (
    select
        contract.account_id,
        bool_or(contract.is_live) as is_live,
        min(contract.renews_on) filter (where contract.is_live) as renews_on,
        case
            when bool_and(amount.minor is not null) filter (where contract.is_live) is not false
                then coalesce(sum(amount.minor) filter (where contract.is_live), 0)::bigint
        end as arr_minor
    from hale_data.contract_on($1::date) as contract
    cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
    cross join lateral (
        select case
            when contract.currency = reporting.currency then contract.arr_minor
            else hale_data.in_reporting_currency(
                contract.arr_minor, contract.currency, reporting.currency, $1::date)
        end as minor
        offset 0
    ) as amount
    group by contract.account_id
),
-- How the contract stopped that did so last.
stopped as (
    select distinct on (term.account_id)
        term.account_id,
        least(term.cancelled_on, term.stops_on) as stopped_on,
        coalesce(settled.outcome, case when term.cancelled_on is not null then 'lost' end) as outcome
    from hale_data.contract_term_on($1::date) as term
    left join hale_data.settled_renewal_on($1::date) as settled
        on settled.account_id = term.account_id and settled.contract_id = term.contract_id
        and (settled.renewal_on = term.stops_on or settled.basis = 'cut')
    where least(term.cancelled_on, term.stops_on) <= $1::date and term.arr_minor > 0
    order by
        term.account_id, least(term.cancelled_on, term.stops_on) desc,
        (settled.outcome = 'renewed') desc nulls first, term.contract_id
)
select
    account.external_id as account_id, account.name as account, account.segment, csm.email as csm, known.first_on,
    case when not running.is_live and stopped.outcome = 'lost' then stopped.stopped_on end as lost_on,
    case when not running.is_live and stopped.outcome is distinct from 'lost' then stopped.stopped_on end
        as censored_on,
    running.arr_minor, running.renews_on, model.evergreen_decision_days as evergreen_days
from known
join running on running.account_id = known.account_id
left join stopped on stopped.account_id = known.account_id
join hale_data.account as account on account.account_id = known.account_id
left join hale_data.responsible_csm_on($1::date) as csm on csm.account_id = account.account_id
left join hale_data.account_model_on($1::date) as other on other.account_id = known.account_id
join hale_data.model_on($1::date) as model on model.number = coalesce(other.number, 1)
order by account.external_id
