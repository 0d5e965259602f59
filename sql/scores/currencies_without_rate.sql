-- Purpose: currencies of open contracts that cannot be turned into the reporting currency on a day.
-- Grain: one row per currency. Parameters: $1 day (date).
-- not null: currency
select distinct contract.currency, hale_data.reporting_currency() as reporting
from hale_data.contract_on($1::date) as contract
where contract.is_open
    and hale_data.in_reporting_currency(
        contract.arr_minor, contract.currency, hale_data.reporting_currency(), $1::date) is null
order by contract.currency
