-- Purpose: the first of some days on which an amount cannot be told in the reporting currency, and its currency.
-- Grain: one row, or none. Parameters: $1 days (date[]), $2 day of the last contracts that count (date).
-- not null: day, currency
select asked.day, known.currency, hale_data.reporting_currency() as reporting
from unnest($1::date[]) as asked (day)
cross join (
    select distinct version.currency
    from hale_data.contract_version as version
    where version.starts_on <= $2::date
    offset 0
) as known
where hale_data.in_reporting_currency(1, known.currency, hale_data.reporting_currency(), asked.day) is null
order by asked.day, known.currency
limit 1
