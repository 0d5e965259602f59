-- Purpose: what is left of the customers who began in each year, quarter or month, after some months: accounts and ARR,
--   which is null where an amount of it has no exchange rate.
-- Grain: one row per cohort and number of months after its end, in order of both. Parameters: $1 day (date), $2 months
--   of a cohort (integer: 12, 3 or 1), $3 months after its end (integer[]), $4 segment (text; null = all).
-- not null: cohort, months, accounts
with
beginning as (
    select
        began.account_id, cohort.first_on as cohort,
        (cohort.first_on + make_interval(months => $2::integer))::date as first_end
    from (
        select version.account_id, min(version.starts_on) as first_on
        from hale_data.contract_version as version
        where version.arr_minor > 0 and version.starts_on <= $1::date
        group by version.account_id
    ) as began
    join hale_data.account as account
        on account.account_id = began.account_id and ($4::text is null or account.segment = $4::text)
    cross join lateral (
        select date_trunc(
            case $2::integer when 12 then 'year' when 3 then 'quarter' else 'month' end, began.first_on
        )::date as first_on
    ) as cohort
),
boundary as (
    select cohort.first_end, step.months, (cohort.first_end + make_interval(months => step.months))::date as day
    from (select distinct first_end from beginning) as cohort
    cross join unnest($3::integer[]) as step (months)
    where (cohort.first_end + make_interval(months => step.months))::date <= $1::date
),
balance as (
    select before.day, before.account_id, before.currency, before.minor
    from hale_data.arr_before(array(select boundary.day from boundary), $1::date) as before
    where before.minor > 0
)
select
    beginning.cohort,
    boundary.months,
    count(distinct beginning.account_id) as began,
    count(distinct balance.account_id) as accounts,
    case
        when bool_and(balance.account_id is null or amount.minor is not null)
            then coalesce(sum(amount.minor), 0)::bigint
    end as arr_minor
from beginning
join boundary on boundary.first_end = beginning.first_end
left join balance on balance.day = boundary.day and balance.account_id = beginning.account_id
cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
cross join lateral (
    select case
        when balance.currency = reporting.currency then balance.minor
        else hale_data.in_reporting_currency(balance.minor, balance.currency, reporting.currency, $1::date)
    end as minor
    offset 0
) as amount
group by beginning.cohort, boundary.months
order by beginning.cohort, boundary.months
