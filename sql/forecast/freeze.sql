-- Purpose: freezes the forecast of a day with the renewals behind it; a day that is frozen stays as it is.
-- Grain: one row of counts. Parameters: $1 day (date).
-- not null: periods, renewals
with
frozen as (
    insert into hale_data.frozen_forecast (
        day, period, first_on, before_on, currency, contracts, expected_minor, p10_minor, p90_minor)
    select day, period, first_on, before_on, currency, contracts, expected_minor, p10_minor, p90_minor
    from hale_data.forecast_snapshot
    where day = $1::date and not exists (select from hale_data.frozen_forecast as earlier where earlier.day = $1::date)
    on conflict do nothing
    returning period
),
kept as (
    insert into hale_data.frozen_renewal (
        account_id, day, contract_id, renewal_on, arr_minor, probability, basis, rung, decided_renewals, human_minor,
        human_category)
    select
        account_key, $1::date, contract_key, renews_on, reporting_arr_minor, probability, basis, rung,
        decided_renewals, forecast_arr_minor, forecast_category
    from hale.renewal_on($1::date)
    where renews_on is not null and reporting_arr_minor is not null
        and exists (select from frozen)
    on conflict do nothing
    returning contract_id
)
select (select count(*) from frozen) as periods, (select count(*) from kept) as renewals
