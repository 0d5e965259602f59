-- Purpose: what is in on a day: accounts, people who have not left, contracts that are live and what they run at. An
--   import asks before and after for what it touches.
-- Grain: one row; null for what is not asked. Parameters: $1 day (date), $2 accounts, $3 people, $4 contracts (boolean:
--   whether they are asked).
select
    case when $2::boolean then (select count(*) from hale_data.account) end as accounts,
    case when $3::boolean then (
        select count(*)
        from hale_data.person
        where left_on is null or left_on > $1::date
    ) end as people,
    case when $4::boolean then live.contracts end as contracts,
    case when $4::boolean then live.arr_minor end as arr_minor,
    live.currency,
    hale_data.minor_digits(live.currency) as minor_digits
from (
    select
        count(contract.contract_id) as contracts,
        -- Without a rate the sum is not known; of nothing it is nothing, in whatever currency.
        case
            when count(contract.contract_id) = 0 then 0
            when count(*) = count(amount.minor) and sum(amount.minor) < 9e18 then sum(amount.minor)::bigint
        end as arr_minor,
        min(reporting.currency) as currency
    from (select hale_data.reporting_currency() as currency) as reporting
    left join hale_data.contract_on($1::date) as contract on contract.is_live and $4::boolean
    left join lateral (
        select hale_data.in_reporting_currency(
            contract.arr_minor, contract.currency, reporting.currency, $1::date) as minor
        offset 0
    ) as amount on true
) as live
