-- Purpose: currencies of open contracts that cannot be turned into the reporting currency on some days.
-- Grain: one row per day and currency, in order of both. Parameters: $1 days (date[]).
-- not null: day, currency
with
asked as (
    select day from unnest($1::date[]) as day
),
-- Mostly there is none, and then no contract has to be looked at.
suspect as materialized (
    select asked.day, known.currency
    -- The offset keeps the question about the rate from being asked of every contract.
    from (select distinct version.currency from hale_data.contract_version as version offset 0) as known
    cross join asked
    where hale_data.in_reporting_currency(1, known.currency, hale_data.reporting_currency(), asked.day) is null
)
select distinct asked.day, contract.currency, hale_data.reporting_currency() as reporting
from (select distinct suspect.day from suspect) as asked
cross join lateral hale_data.contract_on(asked.day) as contract
where contract.is_open
    and (asked.day, contract.currency) in (select suspect.day, suspect.currency from suspect)
order by asked.day, contract.currency
