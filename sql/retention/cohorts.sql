-- Purpose: what is left of the customers who began in each year after whole years: accounts and ARR.
-- Grain: one row per cohort and year after it, in order of both. Parameters: $1 day (date).
-- not null: cohort, years, accounts
with
beginning as (
    select
        account_id, date_trunc('year', min(starts_on))::date as cohort,
        (date_trunc('year', min(starts_on)) + interval '1 year')::date as first_end
    from hale_data.contract_version
    where arr_minor > 0 and starts_on <= $1::date
    group by account_id
),
boundary as (
    select distinct (beginning.first_end + make_interval(years => year))::date as day
    from beginning
    cross join generate_series(0, 20) as year
    where (beginning.first_end + make_interval(years => year))::date <= $1::date
),
balance as (
    select before.day, before.account_id, before.currency, before.minor
    from hale_data.arr_before(array(select boundary.day from boundary)) as before
    where before.minor > 0
)
select
    beginning.cohort,
    (extract(year from boundary.day) - extract(year from beginning.first_end))::integer as years,
    count(distinct beginning.account_id) as began,
    count(distinct balance.account_id) as accounts,
    sum(
        case
            when balance.currency = reporting.currency then balance.minor
            else hale_data.in_reporting_currency(balance.minor, balance.currency, reporting.currency, $1::date)
        end)::bigint as arr_minor
from beginning
join boundary on boundary.day >= beginning.first_end
left join balance on balance.day = boundary.day and balance.account_id = beginning.account_id
cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
group by beginning.cohort, beginning.first_end, boundary.day
order by beginning.cohort, boundary.day
