-- Purpose: when the contract began that follows a term: of the same account and product, begun less than 90 days before
--   the term stopped or up to 90 after it, and later than the term itself.
-- Grain: one row per contract that has stopped and is followed, as seen on the day.
create or replace function hale_data.following_contract_on(as_of date, known_at timestamptz default 'infinity')
returns table (account_id bigint, contract_id bigint, follows_on date)
language sql stable as
$$
    select term.account_id, term.contract_id, min(follower.starts_on)
    from hale_data.contract_term_on(as_of, known_at) as term
    join hale_data.contract_terms_on(as_of, known_at) as follower
        on follower.account_id = term.account_id
        and follower.contract_id <> term.contract_id
        and follower.product is not distinct from term.product
        and follower.starts_on > term.starts_on
        and follower.starts_on > term.stops_on - hale_data.undecided_days()
        and follower.starts_on <= term.stops_on + hale_data.undecided_days()
        and follower.starts_on <= as_of
    group by term.account_id, term.contract_id
$$;

-- Purpose: the dates on which a contract has renewed by itself up to a day: whole terms from its end on, and before it
--   where it lies a whole number of terms after the start; without an end, whole terms from its start.
-- Grain: one row per date. Parameters: the terms, and the day.
create or replace function hale_data.rolled_dates(starts_on date, ends_on date, term_months integer, as_of date)
returns table (renewal_on date)
language sql immutable as
$$
    select point.date
    from (select coalesce(term_months, greatest(1, hale_data.months_between(starts_on, ends_on))) as months) as term
    cross join lateral (
        select
            coalesce(ends_on, starts_on) as base,
            case
                when ends_on is null then 1
                when hale_data.months_between(starts_on, ends_on) % term.months = 0
                    and starts_on + make_interval(months => hale_data.months_between(starts_on, ends_on)) = ends_on
                    then 1 - hale_data.months_between(starts_on, ends_on) / term.months
                else 0
            end as first_step
    ) as grid
    cross join lateral (
        select (grid.base + make_interval(months => term.months * step))::date as date
        from generate_series(
            grid.first_step, hale_data.months_between(grid.base, as_of) / term.months) as step
    ) as point
    where point.date <= as_of and point.date > starts_on
$$;

-- Purpose: what is settled of renewals as seen on a day, and by which evidence; of several the first in this order:
--   cut (cancelled: lost, on the first renewal date not before it), said (an explicit outcome), signed, follow (a
--   following contract: renewed), rolled (renewed by itself), extended (its end was moved forward: renewed), notice
--   (lost), lapsed (nothing for 90 days: lost).
-- Grain: one row per contract and renewal date, from the date `since` on. Where notice was given, it was decided on
--   that day. counted_from is the first day on which it counts: its date, for those cut short the day of that, or the
--   day of the evidence where that came later.
create or replace function hale_data.settled_renewal_on(
    as_of date, known_at timestamptz default 'infinity', since date default '-infinity')
returns table (
    account_id bigint, contract_id bigint, product text, renewal_on date, outcome text, basis text, decided_on date,
    counted_from date)
language sql stable as
$$
    select distinct on (evidence.account_id, evidence.contract_id, evidence.renewal_on)
        evidence.account_id, evidence.contract_id, evidence.product, evidence.renewal_on, evidence.outcome,
        evidence.basis, evidence.decided_on, evidence.counted_from
    from (
        select
            term.account_id, term.contract_id, term.product, clue.renewal_on, clue.outcome, clue.basis,
            clue.decided_on, coalesce(clue.counted_from, greatest(clue.decided_on, clue.renewal_on)) as counted_from,
            clue.rank
        from hale_data.contract_term_on(as_of, known_at) as term
        left join hale_data.following_contract_on(as_of, known_at) as follower
            on follower.account_id = term.account_id and follower.contract_id = term.contract_id
        cross join lateral (
            select
                case
                    when term.rolls and term.stops_on is null then hale_data.renewal_date(
                        term.starts_on, term.ends_on, term.term_months, true,
                        greatest(term.cancelled_on - 1, term.starts_on))
                    when term.cancelled_on <= term.stops_on then term.stops_on
                end as renewal_on,
                'lost' as outcome, 'cut' as basis, least(term.notice_on, term.cancelled_on) as decided_on,
                term.cancelled_on as counted_from, 1 as rank
            where term.cancelled_on is not null
            union all
            select term.stops_on, term.outcome, 'said', term.said_on, null, 2
            where term.outcome is not null
            union all
            -- A signature for the term before is none for this one.
            select term.stops_on, 'renewed', 'signed', term.signed_on, null, 3
            where term.stops_on <= as_of
                and term.signed_on > greatest(
                    term.starts_on, (term.stops_on - make_interval(months => coalesce(term.term_months, 1200)))::date)
            union all
            select term.stops_on, 'renewed', 'follow', greatest(follower.follows_on, term.stops_on), null, 4
            where follower.follows_on is not null
            union all
            select rolled.renewal_on, 'renewed', 'rolled', rolled.renewal_on, null, 5
            from hale_data.rolled_dates(term.starts_on, term.ends_on, term.term_months, as_of) as rolled
            where term.rolls
                and (term.cancelled_on is null or rolled.renewal_on < term.cancelled_on)
                and (term.stops_on is null or rolled.renewal_on < term.stops_on)
            union all
            select term.stops_on, 'lost', 'notice', term.notice_on, null, 7
            where term.notice_on is not null and term.stops_on <= as_of
            union all
            select term.stops_on, 'lost', 'lapsed', term.stops_on + hale_data.undecided_days(), null, 8
            where term.stops_on <= as_of - hale_data.undecided_days()
        ) as clue
        union all
        -- A date corrected by some days is no renewal.
        select
            version.account_id, version.contract_id, version.product, version.earlier_end, 'renewed', 'extended',
            version.valid_from, greatest(version.valid_from, version.earlier_end), 6
        from (
            select
                own.account_id, own.contract_id, own.product, own.ends_on, own.valid_from,
                lag(own.ends_on) over (
                    partition by own.account_id, own.contract_id
                    order by own.valid_from, own.recorded_at) as earlier_end
            from hale_data.contract_version as own
            where own.valid_from <= as_of and own.recorded_at <= known_at
        ) as version
        where version.ends_on > version.earlier_end + 14
    ) as evidence
    where evidence.renewal_on >= since
    order by
        evidence.account_id, evidence.contract_id, evidence.renewal_on, evidence.rank, evidence.decided_on
$$;

-- Purpose: the renewals that are decided as seen on a day: those whose date has come, and terms that were cut short.
--   Rates, forecasts, backtests, retention and survival count these.
-- Grain: one row per contract and renewal date. renewal_number is 1 for the first renewal date of
--   the account's contracts for a product.
create or replace function hale_data.renewal_decision_on(as_of date, known_at timestamptz default 'infinity')
returns table (
    account_id bigint, contract_id bigint, product text, renewal_on date, outcome text, basis text, decided_on date,
    counted_from date, renewal_number integer)
language sql stable as
$$
    select
        settled.account_id, settled.contract_id, settled.product, settled.renewal_on, settled.outcome, settled.basis,
        settled.decided_on, settled.counted_from,
        (dense_rank() over (
            partition by settled.account_id, settled.product
            order by settled.renewal_on))::integer
    from hale_data.settled_renewal_on(as_of, known_at) as settled
    where settled.renewal_on <= as_of or settled.basis = 'cut'
$$;
