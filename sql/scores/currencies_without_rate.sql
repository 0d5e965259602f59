-- Purpose: currencies of open contracts that cannot be turned into the reporting currency on a day.
-- Grain: one row per currency. Parameters: $1 day (date).
-- not null: currency
with
-- Mostly there is none, and then no contract has to be looked at.
suspect as materialized (
    select known.currency
    -- The offset keeps the question about the rate from being asked of every contract.
    from (select distinct version.currency from hale_data.contract_version as version offset 0) as known
    where hale_data.in_reporting_currency(1, known.currency, hale_data.reporting_currency(), $1::date) is null
)
select distinct contract.currency, hale_data.reporting_currency() as reporting
from hale_data.contract_on($1::date) as contract
where contract.is_open
    and (select count(*) from suspect) > 0
    and contract.currency in (select suspect.currency from suspect)
order by contract.currency
