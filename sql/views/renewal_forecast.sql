-- Purpose: what the renewals of a month come to on a day: open ones by likelihood, and those that were decided already.
-- Grain: one row per month with renewals, from three months before the day on. An amount without an exchange rate makes
--   its month's sums null. P10, P50 and P90 stand where the day's forecast was computed, and for all accounts only.
create or replace function hale.renewal_forecast_on(as_of date)
returns table (
    month date, contracts integer, arr_up_for_renewal numeric, closed numeric, expected numeric, p10 numeric,
    p50 numeric, p90 numeric, commit numeric, most_likely numeric, best_case numeric, at_risk numeric,
    forecast_contracts integer, forecast numeric, renewed integer, renewed_arr numeric, lost integer, lost_arr numeric,
    currency text, forecast_closed numeric, forecast_commit numeric, forecast_most_likely numeric,
    forecast_best_case numeric, forecast_at_risk numeric, arr_note text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    with
    item as (
        select
            date_trunc('month', renews_on)::date as month, 'open' as outcome, reporting_arr_minor as minor, probability,
            category, forecast_by, forecast_arr_minor, forecast_category,
            coalesce(forecast_arr_minor, reporting_arr_minor) as said_minor, currency
        from hale.renewal_on(as_of)
        where renews_on is not null
        union all
        select date_trunc('month', renewal_on)::date, outcome, arr_minor, null, null, null, null, null, null,
            currency
        from hale_data.decided_renewal_on(as_of)
        where renewal_on >= (date_trunc('month', as_of) - interval '3 months')::date
            and hale_data.may_see(csm)
    ),
    total as (
        select
            month,
            -- An amount that is not known leaves nothing to add up in its month.
            case when bool_and(minor is not null) then 1 end as known,
            array_agg(distinct currency) filter (where minor is null) as without_rate,
            (count(*) filter (where outcome = 'open'))::integer as contracts,
            coalesce(sum(minor) filter (where outcome = 'open'), 0) as arr,
            coalesce(sum(minor) filter (where category = 'closed'), 0) as closed,
            coalesce(sum(minor * probability), 0) as expected,
            coalesce(sum(minor) filter (where category = 'commit'), 0) as commit,
            coalesce(sum(minor) filter (where category = 'most_likely'), 0) as most_likely,
            coalesce(sum(minor) filter (where category = 'best_case'), 0) as best_case,
            coalesce(sum(minor) filter (where category = 'at_risk'), 0) as at_risk,
            count(forecast_by)::integer as forecast_contracts,
            sum(forecast_arr_minor) as forecast,
            sum(said_minor) filter (where forecast_category = 'closed') as forecast_closed,
            sum(said_minor) filter (where forecast_category = 'commit') as forecast_commit,
            sum(said_minor) filter (where forecast_category = 'most_likely') as forecast_most_likely,
            sum(said_minor) filter (where forecast_category = 'best_case') as forecast_best_case,
            sum(said_minor) filter (where forecast_category = 'at_risk') as forecast_at_risk,
            (count(*) filter (where outcome = 'renewed'))::integer as renewed,
            coalesce(sum(minor) filter (where outcome = 'renewed'), 0) as renewed_arr,
            (count(*) filter (where outcome = 'lost'))::integer as lost,
            coalesce(sum(minor) filter (where outcome = 'lost'), 0) as lost_arr
        from item
        group by month
    )
    select
        total.month, total.contracts,
        hale_data.major((known * arr)::bigint, reporting.currency),
        hale_data.major((known * closed)::bigint, reporting.currency),
        hale_data.major(round(known * expected)::bigint, reporting.currency),
        hale_data.major(snapshot.p10_minor, reporting.currency),
        hale_data.major(snapshot.p50_minor, reporting.currency),
        hale_data.major(snapshot.p90_minor, reporting.currency),
        hale_data.major((known * commit)::bigint, reporting.currency),
        hale_data.major((known * most_likely)::bigint, reporting.currency),
        hale_data.major((known * best_case)::bigint, reporting.currency),
        hale_data.major((known * at_risk)::bigint, reporting.currency),
        forecast_contracts, hale_data.major(forecast::bigint, reporting.currency),
        renewed, hale_data.major((known * renewed_arr)::bigint, reporting.currency),
        lost, hale_data.major((known * lost_arr)::bigint, reporting.currency),
        reporting.currency,
        hale_data.major(forecast_closed::bigint, reporting.currency),
        hale_data.major(forecast_commit::bigint, reporting.currency),
        hale_data.major(forecast_most_likely::bigint, reporting.currency),
        hale_data.major(forecast_best_case::bigint, reporting.currency),
        hale_data.major(forecast_at_risk::bigint, reporting.currency),
        hale_data.money_note(total.without_rate, reporting.currency, as_of)
    from total
    cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
    left join hale_data.forecast_snapshot as snapshot
        on snapshot.day = as_of and snapshot.period = to_char(total.month, 'YYYY-MM')
        and nullif(current_setting('hale.csm', true), '') is null
    order by total.month
$$;
create or replace view hale.renewal_forecast with (security_barrier) as
select
    month, contracts, arr_up_for_renewal, closed, expected, p10, p50, p90, commit, most_likely, best_case, at_risk,
    forecast_contracts, forecast, renewed, renewed_arr, lost, lost_arr, currency,
    forecast_closed, forecast_commit, forecast_most_likely, forecast_best_case, forecast_at_risk, arr_note
from hale.renewal_forecast_on(hale.newest_day());
comment on view hale.renewal_forecast is
    'the renewals of each month as they stand on the newest scored day, one row per month; expansion is no part of it';
comment on column hale.renewal_forecast.month is 'first day of the month in which the renewals are due';
comment on column hale.renewal_forecast.contracts is 'open contracts that come up for renewal';
comment on column hale.renewal_forecast.arr_up_for_renewal is 'their ARR, major units of currency';
comment on column hale.renewal_forecast.closed is 'ARR of those that are signed';
comment on column hale.renewal_forecast.expected is 'sum of ARR times probability';
comment on column hale.renewal_forecast.p10 is
    'renewed ARR that is fallen short of in 10 of 100 cases, signed ones included; null where the day was not forecast';
comment on column hale.renewal_forecast.p50 is 'the same for 50 of 100 cases';
comment on column hale.renewal_forecast.p90 is 'the same for 90 of 100 cases';
comment on column hale.renewal_forecast.commit is 'ARR with a probability of 85 % or more, in whole percent';
comment on column hale.renewal_forecast.most_likely is 'ARR with a probability of 60 % to 84 %';
comment on column hale.renewal_forecast.best_case is 'ARR with a probability of 30 % to 59 %';
comment on column hale.renewal_forecast.at_risk is 'ARR with a probability below 30 %';
comment on column hale.renewal_forecast.forecast_contracts is
    'open contracts of which somebody said what will come of them (hale forecast set)';
comment on column hale.renewal_forecast.forecast is 'sum of the amounts that people said';
comment on column hale.renewal_forecast.renewed is 'renewals of the month that were renewed already';
comment on column hale.renewal_forecast.renewed_arr is 'their ARR before the renewal';
comment on column hale.renewal_forecast.lost is 'renewals of the month that were lost already';
comment on column hale.renewal_forecast.lost_arr is 'their ARR before that';
comment on column hale.renewal_forecast.currency is 'the reporting currency (ISO 4217)';
comment on column hale.renewal_forecast.forecast_closed is
    'what people put into closed: the amount that they said, else the ARR; null where nobody did';
comment on column hale.renewal_forecast.forecast_commit is 'the same for commit';
comment on column hale.renewal_forecast.forecast_most_likely is 'the same for most_likely';
comment on column hale.renewal_forecast.forecast_best_case is 'the same for best_case';
comment on column hale.renewal_forecast.forecast_at_risk is 'the same for at_risk';
comment on column hale.renewal_forecast.arr_note is
    'why the month''s sums are missing, with the currency and the day; null where nothing is missing';
