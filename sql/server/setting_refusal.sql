-- Purpose: why a setting cannot have a value; null when it can.
-- Grain: one row. Parameters: $1 name, $2 value (text).
select case
    when $1::text = 'time_zone' and $2::text not in (select zone.name from pg_catalog.pg_timezone_names as zone)
        then 'time zone "' || $2::text || '" is not known'
    when $1::text = 'time_zone'
        and $2::text <> hale_data.time_zone()
        and exists (select from hale_data.usage_month)
        then 'the time zone cannot change once usage was counted into days: hale db repack --time-zone '
            || $2::text || ' counts it anew'
    when $1::text = 'reporting_currency' and $2::text !~ '^[A-Z]{3}$'
        then 'currency "' || $2::text || '" is not an ISO 4217 code such as EUR'
    when $1::text = 'reporting_currency' and unknown.currencies is not null
        then 'contracts are in ' || unknown.currencies || ', and no exchange rate tells what that is in ' || $2::text
            || ': hale import fx_rates first, with the units of ' || $2::text || ' for one of each'
    when $1::text = 'delivery_days' and $2::text !~ '^[1-9][0-9]{0,4}$'
        then 'delivery_days is a number of days from 1 to 99999'
    when $1::text in ('margin', 'save_rate', 'discount') and $2::text !~ '^(1|0\.(?=[0-9]*[1-9])[0-9]{1,6})$'
        then $1::text || ' is a share of more than 0 and at most 1, such as 0.25'
    when $1::text = 'hourly_cost' and $2::text !~ '^[0-9]{1,6}(\.[0-9]{1,2})?$'
        then 'hourly_cost is an amount in the reporting currency from 0 to 999999.99'
    when $1::text = 'shipped_models' and $2::text not in ('newest', '0.1')
        then 'shipped_models is newest or 0.1'
    when $1::text in ('daily_score_days', 'score_days') and $2::text !~ '^[1-9][0-9]{1,4}$'
        then $1::text || ' is a number of days from 10 to 99999'
    when $1::text in ('daily_score_days', 'score_days') and $2::text::integer < 90
        then $1::text || ' is at least 90: the last weeks are needed day by day'
end as reason
from (
    select string_agg(known.currency, ', ' order by known.currency) as currencies
    from (select distinct version.currency from hale_data.contract_version as version) as known
    where known.currency <> $2::text
        and not exists (select from hale_data.fx_rate as rate where rate.currency = known.currency)
) as unknown
