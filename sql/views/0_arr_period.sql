-- Purpose: what the contracts of every account ran at when some days began: those that were live the day before, the
--   last day of a term included, so that a term that follows the next day leaves no gap.
-- Grain: one row per day, account and currency.
create or replace function hale_data.arr_before(days date[])
returns table (day date, account_id bigint, currency text, minor bigint)
language sql stable as
$$
    select boundary.day, contract.account_id, contract.currency, sum(contract.arr_minor)::bigint
    from (select distinct unnest(days) as day) as boundary
    cross join lateral hale_data.contract_on(boundary.day - 1) as contract
    where contract.is_live
        or (
            contract.renews_on = boundary.day - 1
            and not exists (
                select from hale_data.contract_version as version
                where version.account_id = contract.account_id and version.contract_id = contract.contract_id
                    and version.cancelled_on < boundary.day and version.valid_from < boundary.day))
    group by boundary.day, contract.account_id, contract.currency
$$;

-- Purpose: what the contracts of every account ran at when some periods began, and when they were over.
-- Grain: one row per period and account with ARR at either end. Both amounts are in the reporting currency at the rate
--   of the beginning, so that a rate that moves is no expansion; null where there is no rate.
create or replace function hale_data.arr_period(firsts date[], befores date[])
returns table (first_on date, before_on date, account_id bigint, start_minor bigint, end_minor bigint)
language sql stable as
$$
    with
    period as (
        select period.first_on, period.before_on
        from unnest(firsts, befores) as period (first_on, before_on)
    ),
    balance as materialized (
        select before.day, before.account_id, before.currency, before.minor
        from hale_data.arr_before(firsts || befores) as before
    ),
    side as (
        select
            period.first_on, period.before_on, balance.account_id, balance.currency, balance.minor as start, 0 as finish
        from period
        join balance on balance.day = period.first_on
        union all
        select period.first_on, period.before_on, balance.account_id, balance.currency, 0, balance.minor
        from period
        join balance on balance.day = period.before_on
    ),
    converted as (
        select
            side.first_on, side.before_on, side.account_id,
            case
                when side.currency = reporting.currency then side.start
                else hale_data.in_reporting_currency(side.start, side.currency, reporting.currency, side.first_on)
            end as start,
            case
                when side.currency = reporting.currency then side.finish
                else hale_data.in_reporting_currency(side.finish, side.currency, reporting.currency, side.first_on)
            end as finish
        from side
        cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
    )
    select
        first_on, before_on, account_id,
        case when bool_and(start is not null) then sum(start)::bigint end,
        case when bool_and(finish is not null) then sum(finish)::bigint end
    from converted
    group by first_on, before_on, account_id
$$;

-- Purpose: the same as movements: what is new, comes back, grows, shrinks and goes.
-- Grain: one row per period and account with ARR at either end.
create or replace function hale_data.arr_movement_of(firsts date[], befores date[])
returns table (
    first_on date, before_on date, account_id bigint, segment text, csm text, start_minor bigint, new_minor bigint,
    returned_minor bigint, expansion_minor bigint, contraction_minor bigint, churned_minor bigint, end_minor bigint)
language sql stable as
$$
    select
        period.first_on, period.before_on, period.account_id, account.segment, csm.email, period.start_minor,
        case when period.start_minor = 0 and not was_there.before then period.end_minor else 0 end,
        case when period.start_minor = 0 and was_there.before then period.end_minor else 0 end,
        case when period.start_minor > 0 then greatest(period.end_minor - period.start_minor, 0) else 0 end,
        case
            when period.start_minor > 0 and period.end_minor > 0
                then greatest(period.start_minor - period.end_minor, 0)
            else 0
        end,
        case when period.start_minor > 0 and period.end_minor = 0 then period.start_minor else 0 end,
        period.end_minor
    from hale_data.arr_period(firsts, befores) as period
    join hale_data.account as account on account.account_id = period.account_id
    left join hale_data.csm as csm on csm.csm_id = account.csm_id
    -- Whoever had a contract of some ARR before the period is no new customer.
    cross join lateral (
        select exists (
            select from hale_data.contract_version as version
            where version.account_id = period.account_id
                and version.starts_on < period.first_on and version.arr_minor > 0
        ) as before
    ) as was_there
$$;

-- The first days of the whole months before a day, 60 at most, from the month of the first contract on.
create or replace function hale_data.whole_months(as_of date) returns date[]
language sql stable as
$$
    select coalesce(array_agg(month::date order by month), '{}')
    from generate_series(
        greatest(
            date_trunc('month', as_of) - interval '60 months',
            date_trunc('month', (select min(starts_on) from hale_data.contract_version)::timestamp)),
        date_trunc('month', as_of) - interval '1 month', interval '1 month') as month
$$;
