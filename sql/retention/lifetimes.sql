-- Purpose: since when every customer has been one, until when, and what the live contracts run at.
-- Grain: one row per account that ever had a contract of some ARR, in order of its id. Parameters: $1 day (date).
-- not null: account_id, account, first_on, arr_minor
with
known as (
    select account_id, min(starts_on) as first_on
    from hale_data.contract_version
    where starts_on <= $1::date and arr_minor > 0
    group by account_id
),
standing as (
    select
        contract.account_id,
        bool_or(contract.is_live or contract.is_open) as is_there,
        min(contract.renews_on) filter (where contract.is_live) as renews_on,
        max(least(
            terms.cancelled_on,
            case when contract.is_live or contract.is_open then null else contract.renews_on end)) as last_on,
        coalesce(sum(
            case
                when contract.currency = reporting.currency then contract.arr_minor
                else hale_data.in_reporting_currency(
                    contract.arr_minor, contract.currency, reporting.currency, $1::date)
            end) filter (where contract.is_live), 0)::bigint as arr_minor
    from hale_data.contract_on($1::date) as contract
    join hale_data.contract_terms_on($1::date) as terms
        on terms.account_id = contract.account_id and terms.contract_id = contract.contract_id
    cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
    where contract.starts_on <= $1::date
    group by contract.account_id
)
select
    account.external_id as account_id, account.name as account, account.segment, csm.email as csm, known.first_on,
    case when not standing.is_there then coalesce(standing.last_on, $1::date) end as lost_on, standing.arr_minor,
    standing.renews_on
from known
join standing on standing.account_id = known.account_id
join hale_data.account as account on account.account_id = known.account_id
left join hale_data.csm as csm on csm.csm_id = account.csm_id
order by account.external_id
