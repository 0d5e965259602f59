-- The contracts of a day: which terms were known, which were live or open, and when they renew.
-- Why: ARR, seats, renewal dates and the contract driver are read here by every stage and view, so they
--   cannot differ.

-- Grain: one row per contract whose terms were known on the day.
create function hale_data.contract_terms_on(as_of date, known_at timestamptz default 'infinity')
returns setof hale_data.contract_version
language sql stable as
$$
    select distinct on (account_id, contract_id) version.*
    from hale_data.contract_version as version
    where valid_from <= as_of
        and recorded_at <= known_at
    order by account_id, contract_id, valid_from desc, recorded_at desc
$$;

-- Grain: one row per contract whose terms were known on the day.
create function hale_data.contract_on(as_of date, known_at timestamptz default 'infinity')
returns table (
    account_id bigint, contract_id bigint, product text, arr_minor bigint, currency text, seats integer,
    starts_on date, ends_on date, term_months integer, auto_renew boolean, notice_days integer,
    notice_given boolean, signed boolean, is_evergreen boolean, renews_on date, decision_on date,
    is_live boolean, is_open boolean, is_decided boolean)
language sql stable as
$$
    with
    terms as (
        select
            version.*,
            coalesce(version.notice_given_on <= as_of, false) as has_notice,
            coalesce(version.cancelled_on <= as_of, false) as is_cancelled
        from hale_data.contract_terms_on(as_of, known_at) as version
    ),
    -- A notice ends the term in which it was given; terms that had renewed before it stay.
    ending as (
        select
            terms.*,
            case
                when terms.auto_renew and has_notice then hale_data.renewal_date(
                    terms.starts_on, terms.ends_on, terms.term_months, true, terms.notice_given_on)
                else terms.ends_on
            end as term_end
        from terms
    ),
    dated as (
        select
            ending.*,
            coalesce(ending.notice_days, case when ending.term_months < 3 then 0 else 30 end) as notice,
            hale_data.renewal_date(
                ending.starts_on, ending.term_end, ending.term_months,
                ending.auto_renew and not has_notice, as_of) as renewal,
            ending.starts_on <= as_of and not is_cancelled
                and (
                    ending.term_end is null or ending.term_end > as_of
                    or (ending.auto_renew and not has_notice)) as live
        from ending
    ),
    -- A term that ended without renewing itself: was it decided, or followed by another contract?
    ended as (
        select
            dated.account_id,
            dated.contract_id,
            exists (
                select from hale_data.renewal_decision as decision
                where decision.account_id = dated.account_id
                    and decision.contract_id = dated.contract_id
                    and decision.renewal_on = dated.term_end
                    and decision.decided_on <= as_of
            ) as was_decided
        from dated
        where not live and dated.term_end <= as_of
    )
    select
        dated.account_id, dated.contract_id, dated.product, dated.arr_minor, dated.currency, dated.seats,
        dated.starts_on, dated.ends_on, dated.term_months, dated.auto_renew, dated.notice,
        dated.has_notice,
        coalesce(
            dated.renewal_signed_on <= as_of
            and dated.renewal_signed_on > case
                when dated.term_months is null then dated.starts_on
                else greatest(
                    dated.starts_on, (dated.renewal - make_interval(months => dated.term_months))::date)
            end, false),
        dated.ends_on is null and dated.term_months is null,
        dated.renewal,
        dated.renewal - dated.notice,
        dated.live,
        dated.live or (
            dated.starts_on <= as_of and not dated.is_cancelled
            and dated.term_end >= as_of - 90 and not coalesce(ended.was_decided, false)),
        coalesce(ended.was_decided, false)
    from dated
    left join ended on ended.account_id = dated.account_id and ended.contract_id = dated.contract_id
$$;

-- What a contract's renewal stands at on a day, in words; the same decision as HaleDomain's ContractState.
create function hale_data.contract_state(
    is_evergreen boolean, days_to_renewal integer, notice_days integer, auto_renew boolean,
    notice_given boolean, signed boolean) returns text
language sql immutable as
$$
    select case
        when is_evergreen then case when notice_given then 'notice_given' else 'evergreen' end
        when days_to_renewal is null then 'no_contract'
        when signed then 'signed'
        when notice_given then 'notice_given'
        when days_to_renewal < -90 then 'lapsed'
        when days_to_renewal < 0 then 'past_due'
        when days_to_renewal >= notice_days then 'running'
        when auto_renew then 'locked_in'
        else 'window_open_unsigned'
    end
$$;

-- The reporting currency: the setting, else the only currency of the contracts; null when there is no contract.
create function hale_data.reporting_currency() returns text
language sql stable as
$$
    select coalesce(
        (select value from hale_data.setting where name = 'reporting_currency'),
        (select case when count(distinct currency) = 1 then min(currency) end from hale_data.contract_version))
$$;

-- An amount in the reporting currency's minor units at the newest rate known on the day; null without a rate.
create function hale_data.in_reporting_currency(minor bigint, currency text, reporting text, as_of date) returns bigint
language sql stable as
$$
    select case
        when currency = reporting then minor
        else (
            select round(
                minor * rate.rate
                * power(10::numeric, hale_data.minor_digits(reporting) - hale_data.minor_digits(currency))::float8
            )::bigint
            from hale_data.fx_rate as rate
            where rate.currency = in_reporting_currency.currency and rate.day <= as_of
            order by rate.day desc
            limit 1
        )
    end
$$;
