-- Purpose: stores the forecast of a day.
-- Parameters: $1 day (date), $2 periods (text[]), $3 their first days, $4 the days after their last ones (date[]), $5
--   currency (text), $6 contracts (integer[]), $7 ARR, $8 closed, $9 expected, $10 P10, $11 P50, $12 P90, $13 what
--   people said (bigint[], minor units), $14 of how many contracts (integer[]).
with
period as (
    select
        period.period, period.first_on, period.before_on, period.contracts, period.arr, period.closed, period.expected,
        period.p10, period.p50, period.p90, period.human, period.human_contracts
    from unnest(
        $2::text[], $3::date[], $4::date[], $6::integer[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
        $11::bigint[], $12::bigint[], $13::bigint[], $14::integer[]) as period (
        period, first_on, before_on, contracts, arr, closed, expected, p10, p50, p90, human, human_contracts)
),
gone as (
    delete from hale_data.forecast_snapshot as old
    where old.day = $1::date and old.period <> all ($2::text[])
)
insert into hale_data.forecast_snapshot as old (
    day, period, first_on, before_on, currency, contracts, arr_minor, closed_minor, expected_minor, p10_minor,
    p50_minor, p90_minor, human_minor, human_contracts)
select
    $1::date, period, first_on, before_on, $5::text, contracts, arr, closed, expected, p10, p50, p90, human,
    human_contracts
from period
on conflict (day, period) do update
set currency = excluded.currency, contracts = excluded.contracts, arr_minor = excluded.arr_minor,
    closed_minor = excluded.closed_minor, expected_minor = excluded.expected_minor, p10_minor = excluded.p10_minor,
    p50_minor = excluded.p50_minor, p90_minor = excluded.p90_minor, human_minor = excluded.human_minor,
    human_contracts = excluded.human_contracts, recorded_at = excluded.recorded_at
where (
    old.currency, old.contracts, old.arr_minor, old.closed_minor, old.expected_minor, old.p10_minor, old.p50_minor,
    old.p90_minor, old.human_minor, old.human_contracts
) is distinct from (
    excluded.currency, excluded.contracts, excluded.arr_minor, excluded.closed_minor, excluded.expected_minor,
    excluded.p10_minor, excluded.p50_minor, excluded.p90_minor, excluded.human_minor, excluded.human_contracts
)
