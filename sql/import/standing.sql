-- Purpose: what is in on a day: accounts, people who have not left, contracts that are live and what they run at. An
--   import asks before and after for what it touches.
-- Grain: one row; null for what is not asked. Parameters: $1 day (date), $2 accounts, $3 people, $4 contracts (boolean:
--   whether they are asked).
with
reporting as materialized (
    select hale_data.reporting_currency() as currency
),
live as (
    select count(*) as contracts, count(amount.minor) as known, sum(amount.minor) as minor
    from hale_data.contract_on($1::date) as contract
    cross join reporting
    cross join lateral (
        select case
            when contract.currency = reporting.currency then contract.arr_minor
            else hale_data.in_reporting_currency(
                contract.arr_minor, contract.currency, reporting.currency, $1::date)
        end as minor
        offset 0
    ) as amount
    where contract.is_live and $4::boolean
)
select
    case when $2::boolean then (select count(*) from hale_data.account) end as accounts,
    case when $3::boolean then (
        select count(*)
        from hale_data.person
        where left_on is null or left_on > $1::date
    ) end as people,
    case when $4::boolean then live.contracts end as contracts,
    -- Without a rate the sum is not known; of nothing it is nothing, in whatever currency.
    case
        when not $4::boolean then null
        when live.contracts = 0 then 0
        when live.contracts = live.known and live.minor < 9e18 then live.minor::bigint
    end as arr_minor,
    reporting.currency,
    hale_data.minor_digits(reporting.currency) as minor_digits
from live
cross join reporting
