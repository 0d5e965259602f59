-- Purpose: the current term of every contract on a day: when it stops, and whether it goes on by itself. Every surface
--   reads contracts from here, so that a term has one end: it is live up to the day before stops_on.
-- Grain: one row per contract whose terms were known on the day. Terms are those that were valid then; notices,
--   signatures, cancellations and outcomes count from their own day on, whenever they were recorded. A contract rolls
--   where it renews by itself, or has a term and no end; it then stops only by a notice (or the word that it is lost),
--   at the end of the term in which that was given, or by a cancellation. stops_on is null while it goes on.
create or replace function hale_data.contract_term_on(as_of date, known_at timestamptz default 'infinity')
returns table (
    account_id bigint, contract_id bigint, product text, arr_minor bigint, currency text, seats integer,
    starts_on date, ends_on date, term_months integer, auto_renew boolean, notice_days integer,
    notice_on date, signed_on date, cancelled_on date, outcome text, said_on date, rolls boolean, stops_on date)
language sql stable as
$$
    select
        terms.account_id, terms.contract_id, terms.product, terms.arr_minor, terms.currency, terms.seats,
        terms.starts_on, terms.ends_on, terms.term_months, terms.auto_renew,
        coalesce(terms.notice_days, case when terms.term_months < 3 then 0 else 30 end),
        notice.given_on, event.signed_on, event.cancelled_on,
        case when said.is_of_term then event.outcome end,
        case when said.is_of_term then event.said_on end,
        event.rolls, ending.stops_on
    from hale_data.contract_terms_on(as_of, known_at) as terms
    left join (
        select distinct on (version.account_id, version.contract_id)
            version.account_id, version.contract_id, version.starts_on, version.ends_on, version.notice_given_on,
            version.renewal_signed_on, version.cancelled_on, version.outcome,
            coalesce(version.decided_on, version.ends_on) as said_on
        from hale_data.contract_version as version
        where version.valid_from > as_of and version.recorded_at <= known_at
        order by version.account_id, version.contract_id, version.valid_from desc, version.recorded_at desc
    ) as later on later.account_id = terms.account_id and later.contract_id = terms.contract_id
    -- Of the same term the newest word counts; of another one what that says beside what was known.
    cross join lateral (
        select
            later.account_id is null
                or (later.starts_on, later.ends_on) is distinct from (terms.starts_on, terms.ends_on) as is_own,
            case when terms.outcome is not null then coalesce(terms.decided_on, terms.ends_on) end as said_on
        offset 0
    ) as word
    cross join lateral (
        select
            terms.auto_renew or (terms.ends_on is null and terms.term_months is not null) as rolls,
            case
                when word.is_own and terms.notice_given_on <= as_of then terms.notice_given_on
                when later.notice_given_on <= as_of then later.notice_given_on
            end as notice_on,
            case
                when word.is_own and terms.renewal_signed_on <= as_of then terms.renewal_signed_on
                when later.renewal_signed_on <= as_of then later.renewal_signed_on
            end as signed_on,
            case
                when word.is_own and terms.cancelled_on <= as_of then terms.cancelled_on
                when later.cancelled_on <= as_of then later.cancelled_on
            end as cancelled_on,
            case
                when word.is_own and word.said_on <= as_of then terms.outcome
                when later.said_on <= as_of then later.outcome
            end as outcome,
            case
                when word.is_own and word.said_on <= as_of then word.said_on
                when later.outcome is not null and later.said_on <= as_of then later.said_on
            end as said_on
        offset 0
    ) as event
    -- Whoever says that a contract which renews by itself is lost gives notice.
    cross join lateral (
        select least(
            event.notice_on, case when event.rolls and event.outcome = 'lost' then event.said_on end) as given_on
        offset 0
    ) as notice
    cross join lateral (
        select case
            when not event.rolls then terms.ends_on
            when notice.given_on is not null then hale_data.renewal_date(
                terms.starts_on, terms.ends_on, terms.term_months, true, notice.given_on)
        end as stops_on
        offset 0
    ) as ending
    -- What was said before the term began was said of the one before.
    cross join lateral (
        select coalesce(
            event.said_on > greatest(
                terms.starts_on, (ending.stops_on - make_interval(months => coalesce(terms.term_months, 1200)))::date),
            false) as is_of_term
        offset 0
    ) as said
$$;

-- The next renewal date of a contract on a day; null for an evergreen one. A term that renews by itself has done so on
-- its renewal date, and is asked about the next one from that day on.
create or replace function hale_data.renewal_date(
    starts_on date, ends_on date, term_months integer, renews_itself boolean, as_of date) returns date
language sql immutable as
$$
    select case
        when ends_on is null and term_months is null then null
        when ends_on is null then
            hale_data.roll_forward(starts_on, term_months, greatest(as_of, starts_on) + 1)
        when ends_on > as_of or not renews_itself then ends_on
        else hale_data.roll_forward(
            ends_on,
            coalesce(term_months, greatest(1, hale_data.months_between(starts_on, ends_on))),
            as_of + 1)
    end
$$;
