-- Purpose: the contracts of a day: which are live or open, and when they renew. ARR, seats, renewal dates and the
--   contract driver are read here by every stage and view, so they cannot differ.
-- Grain: one row per contract whose terms were known on the day. Open is what is live, and what stopped less than 90
--   days ago and is not decided. A condition on account_id reaches the tables: each lateral step is computed once per
--   contract, and the fence of its offset keeps that to the step.
create or replace function hale_data.contract_on(as_of date, known_at timestamptz default 'infinity')
returns table (
    account_id bigint, contract_id bigint, product text, arr_minor bigint, currency text, seats integer,
    starts_on date, ends_on date, term_months integer, auto_renew boolean, notice_days integer,
    notice_given boolean, signed boolean, is_evergreen boolean, renews_on date, decision_on date,
    is_live boolean, is_open boolean, is_decided boolean)
language sql stable as
$$
    select
        term.account_id, term.contract_id, term.product, term.arr_minor, term.currency, term.seats,
        term.starts_on, term.ends_on, term.term_months, term.auto_renew, term.notice_days,
        term.notice_on is not null,
        coalesce(
            term.signed_on > case
                when term.term_months is null then term.starts_on
                else greatest(term.starts_on, (dated.renewal - make_interval(months => term.term_months))::date)
            end, false),
        term.ends_on is null and term.term_months is null,
        dated.renewal,
        dated.renewal - term.notice_days,
        dated.live,
        dated.live or (dated.ended and term.stops_on > as_of - hale_data.undecided_days() and not ended.was_decided),
        ended.was_decided
    from hale_data.contract_term_on(as_of, known_at) as term
    cross join lateral (
        select
            hale_data.renewal_date(
                term.starts_on, coalesce(term.stops_on, term.ends_on), term.term_months,
                term.rolls and term.stops_on is null, as_of) as renewal,
            term.starts_on <= as_of and term.cancelled_on is null
                and (term.stops_on is null or term.stops_on > as_of) as live,
            coalesce(term.starts_on <= as_of and term.cancelled_on is null and term.stops_on <= as_of, false) as ended
        offset 0
    ) as dated
    -- After 90 days every renewal is decided; before that its account's contracts are looked at.
    cross join lateral (
        select dated.ended and (
            term.stops_on <= as_of - hale_data.undecided_days()
            or exists (
                select from hale_data.settled_renewal_on(as_of, known_at) as settled
                where settled.account_id = term.account_id
                    and settled.contract_id = term.contract_id
                    and settled.renewal_on = term.stops_on)) as was_decided
        offset 0
    ) as ended
$$;
