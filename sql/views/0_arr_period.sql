-- Purpose: what the contracts of every account ran at when some days began, as seen on a day: what was live the day
--   before, and what had ended and was renewed late (from its end to the day before the following term, or for 90
--   days where it was said to be renewed and that term is not there yet). Apart from it what is not decided.
-- Grain: one row per day, account and currency. Amounts and terms are those that were valid then, cancellations,
--   notices and decisions those known on the day seen.
create or replace function hale_data.arr_before(days date[], seen date)
returns table (day date, account_id bigint, currency text, minor bigint, undecided_minor bigint)
language sql stable as
$$
    with
    boundary as (
        select distinct unnest(days) as day
    ),
    version as (
        select
            own.account_id, own.contract_id, own.arr_minor, own.currency, own.starts_on, own.ends_on, own.term_months,
            own.auto_renew or (own.ends_on is null and own.term_months is not null) as rolls,
            own.valid_from,
            lead(own.valid_from) over (
                partition by own.account_id, own.contract_id order by own.valid_from, own.recorded_at) as valid_before
        from hale_data.contract_version as own
        where own.valid_from <= seen
    ),
    standing as (
        select
            boundary.day, version.account_id, version.contract_id, version.currency, version.arr_minor,
            newest.cancelled_on, ending.stops_on,
            ending.stops_on is not distinct from newest.stops_on as is_newest_end
        from boundary
        join version
            on version.valid_from < boundary.day
            and (version.valid_before is null or version.valid_before >= boundary.day)
            and version.starts_on < boundary.day
        join hale_data.contract_term_on(seen) as newest
            on newest.account_id = version.account_id and newest.contract_id = version.contract_id
        cross join lateral (
            select case
                when not version.rolls then version.ends_on
                when newest.notice_on < boundary.day then hale_data.renewal_date(
                    version.starts_on, version.ends_on, version.term_months, true, newest.notice_on)
            end as stops_on
            offset 0
        ) as ending
    ),
    judged as (
        select
            standing.day, standing.account_id, standing.currency, standing.arr_minor,
            coalesce(standing.cancelled_on < standing.day, false) as is_cancelled,
            coalesce(standing.stops_on < standing.day, false) as has_stopped,
            coalesce(standing.cancelled_on < standing.stops_on, false) as was_cut,
            coalesce(standing.cancelled_on <= standing.stops_on, false) as was_cancelled,
            coalesce(
                follower.follows_on >= standing.day,
                settled.basis = 'extended' and settled.decided_on >= standing.day
                    or settled.outcome = 'renewed' and standing.day <= standing.stops_on + hale_data.undecided_days(),
                false) as renewed_late,
            settled.outcome is not null as is_decided
        from standing
        left join hale_data.following_contract_on(seen) as follower
            on follower.account_id = standing.account_id and follower.contract_id = standing.contract_id
            and standing.is_newest_end
        left join hale_data.settled_renewal_on(seen) as settled
            on settled.account_id = standing.account_id and settled.contract_id = standing.contract_id
            and settled.renewal_on = standing.stops_on
    )
    select total.day, total.account_id, total.currency, total.minor, total.undecided_minor
    from (
        select
            judged.day, judged.account_id, judged.currency,
            coalesce(sum(judged.arr_minor) filter (
                where case
                    when judged.has_stopped then not judged.was_cut and judged.renewed_late
                    else not judged.is_cancelled
                end), 0)::bigint as minor,
            coalesce(sum(judged.arr_minor) filter (
                where judged.has_stopped and not judged.was_cancelled and not judged.is_decided),
                0)::bigint as undecided_minor
        from judged
        group by judged.day, judged.account_id, judged.currency
    ) as total
    where total.minor > 0 or total.undecided_minor > 0
$$;

-- Purpose: what the contracts of every account ran at when some periods began and when they were over, as seen on a
--   day; and what of the difference is not decided.
-- Grain: one row per period and account with ARR at either end. All amounts are in the reporting currency at the rate
--   of the beginning, so that a rate that moves is no expansion; null where there is no rate, with the currencies
--   at fault.
create or replace function hale_data.arr_period(firsts date[], befores date[], seen date)
returns table (
    first_on date, before_on date, account_id bigint, start_minor bigint, end_minor bigint, undecided_minor bigint,
    without_rate text[])
language sql stable as
$$
    with
    period as (
        select period.first_on, period.before_on
        from unnest(firsts, befores) as period (first_on, before_on)
    ),
    balance as materialized (
        select before.day, before.account_id, before.currency, before.minor, before.undecided_minor
        from hale_data.arr_before(firsts || befores, seen) as before
    ),
    side as (
        select
            period.first_on, period.before_on, balance.account_id, balance.currency, balance.minor as start,
            0::bigint as finish, 0::bigint as undecided
        from period
        join balance on balance.day = period.first_on
        union all
        select
            period.first_on, period.before_on, balance.account_id, balance.currency, 0::bigint, balance.minor,
            balance.undecided_minor
        from period
        join balance on balance.day = period.before_on
    ),
    converted as (
        select
            side.first_on, side.before_on, side.account_id, side.currency,
            case
                when side.currency = reporting.currency then side.start
                else hale_data.in_reporting_currency(side.start, side.currency, reporting.currency, side.first_on)
            end as start,
            case
                when side.currency = reporting.currency then side.finish
                else hale_data.in_reporting_currency(side.finish, side.currency, reporting.currency, side.first_on)
            end as finish,
            case
                when side.currency = reporting.currency then side.undecided
                else hale_data.in_reporting_currency(side.undecided, side.currency, reporting.currency, side.first_on)
            end as undecided
        from side
        cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
    )
    select
        first_on, before_on, account_id, start, finish,
        case when start > 0 then least(undecided, greatest(start - finish, 0)) else 0 end, without_rate
    from (
        select
            first_on, before_on, account_id,
            case when bool_and(start is not null) then sum(start)::bigint end as start,
            case when bool_and(finish is not null) then sum(finish)::bigint end as finish,
            case when bool_and(undecided is not null) then sum(undecided)::bigint end as undecided,
            array_agg(distinct currency) filter (where start is null or finish is null) as without_rate
        from converted
        group by first_on, before_on, account_id
    ) as total
    where total.start is null or total.finish is null or total.start <> 0 or total.finish <> 0
$$;

-- Purpose: the same as movements: what is new, comes back, grows, shrinks, goes and is not decided. What is not decided
--   is in neither of the others: it may all come yet.
-- Grain: one row per period and account with ARR at either end; without an exchange rate all of it is null.
create or replace function hale_data.arr_movement_of(firsts date[], befores date[], seen date)
returns table (
    first_on date, before_on date, account_id bigint, segment text, csm text, start_minor bigint, new_minor bigint,
    returned_minor bigint, expansion_minor bigint, contraction_minor bigint, churned_minor bigint,
    undecided_minor bigint, end_minor bigint, without_rate text[])
language sql stable as
$$
    select
        period.first_on, period.before_on, period.account_id, account.segment, csm.email, period.start_minor,
        kept.known * case when period.start_minor = 0 and not was_there.before then period.end_minor else 0 end,
        kept.known * case when period.start_minor = 0 and was_there.before then period.end_minor else 0 end,
        kept.known * case when period.start_minor > 0 then greatest(kept.minor - period.start_minor, 0) else 0 end,
        kept.known * case
            when period.start_minor > 0 and kept.minor > 0 then greatest(period.start_minor - kept.minor, 0)
            else 0
        end,
        kept.known * case when period.start_minor > 0 and kept.minor = 0 then period.start_minor else 0 end,
        kept.known * period.undecided_minor, period.end_minor, period.without_rate
    from hale_data.arr_period(firsts, befores, seen) as period
    join hale_data.account as account on account.account_id = period.account_id
    left join hale_data.responsible_csm_on(seen) as csm on csm.account_id = account.account_id
    cross join lateral (
        select
            period.end_minor + period.undecided_minor as minor,
            case when period.start_minor is not null and period.end_minor is not null then 1 end as known
    ) as kept
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
