-- What the points of an account's drivers come to on rung 3, before their mean is taken off; a driver's name begins
-- with its dimension. The same sum as HaleDomain's RenewalFormula.dimensionLogOdds.
create or replace function hale_data.dimension_log_odds(
    points double precision[], drivers text[], dimensions text[], slopes double precision[]) returns double precision
language sql immutable as
$$
    select coalesce(sum(entry.points * slopes[array_position(dimensions, split_part(entry.driver, '.', 1))]), 0)
    from unnest(points, drivers) as entry (points, driver)
$$;

-- Purpose: how likely every open contract of a day is renewed: the formula in force, applied to the day's scores; the
--   same decision as HaleDomain's RenewalLadder.
-- Grain: one row per open contract whose renewal is not decided. Without a formula up to the day nothing is known but
--   what is signed.
create or replace function hale_data.renewal_chance_on(as_of date)
returns table (
    account_id bigint, contract_id bigint, segment text, product text, arr_minor bigint, currency text, seats integer,
    starts_on date, renews_on date, decision_on date, auto_renew boolean, is_live boolean, contract_state text,
    score double precision, base_log_odds double precision, score_log_odds double precision,
    probability double precision, basis text, rung integer, decided_renewals integer, base text,
    renewal_number integer)
language sql stable as
$$
    with
    model as materialized (
        select model.number, model.lapsed_days from hale_data.model_on(as_of) as model
    ),
    formula as (
        select calibration.*
        from hale_data.calibration as calibration
        where calibration.day <= as_of
        order by calibration.day desc
        limit 1
    ),
    -- Rows of version 0.1 have one rate for all terms.
    rate as (
        select
            coalesce(entry.segment, '') as segment, entry.segment is null as is_none, entry.term, entry.log_odds,
            coalesce(entry.gain, 0) as gain
        from formula
        cross join lateral unnest(
            formula.segments, formula.segment_log_odds, formula.segment_terms, formula.segment_gains) as entry (
            segment, log_odds, term, gain)
    ),
    other as (
        select entry.term, entry.log_odds, entry.gain
        from formula
        cross join lateral unnest(formula.other_terms, formula.other_terms_log_odds, formula.other_gains) as entry (
            term, log_odds, gain)
    ),
    moments as (
        select
            case when is_known then portfolio.score_mean else formula.assumed_mean end as mean,
            case when is_known then portfolio.score_deviation else formula.assumed_deviation end as deviation
        from formula
        left join lateral (
            select own.score_mean, own.score_deviation, own.scored_accounts
            from hale_data.portfolio_day as own
            where own.day = as_of
            order by own.recorded_at desc
            limit 1
        ) as portfolio on true
        cross join lateral (
            select coalesce(
                portfolio.scored_accounts >= formula.minimum_scored
                and portfolio.score_deviation >= formula.minimum_deviation, false) as is_known
        ) as known
    ),
    scored as (
        select
            health.account_id,
            health.score,
            case when formula.rung = 3 then hale_data.dimension_log_odds(
                health.points, model.drivers, formula.dimensions, formula.dimension_slopes) end as log_odds
        from hale_data.health_score as health
        join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
        cross join formula
        where health.day = as_of
            and health.computed_band <> 'unknown'
            and health.run_id in (select run.run_id from hale_data.score_run as run where run.finished_at is not null)
    ),
    standing as (
        select
            scored.account_id,
            scored.score,
            case formula.rung
                when 3 then (scored.log_odds - avg(scored.log_odds) over ()) / moments.deviation
                else formula.slope * (scored.score - moments.mean) / moments.deviation
            end as log_odds
        from scored
        cross join formula
        cross join moments
    ),
    -- Without a score an account has the rate of its segment alone, as on rungs 0 and 1.
    chance as (
        select
            contract.account_id, contract.contract_id, account.segment, contract.product, contract.arr_minor,
            contract.currency, contract.seats, contract.starts_on, contract.renews_on, contract.decision_on,
            contract.auto_renew, contract.is_live,
            hale_data.contract_state(
                contract.is_evergreen, contract.renews_on - as_of, contract.notice_days, contract.auto_renew,
                contract.notice_given, contract.signed, model.lapsed_days) as state,
            standing.score,
            case
                when formula.rung >= 2 and standing.account_id is not null then
                    formula.intercept + case when formula.base is null then 0 else odds.base end
                else odds.base
            end as base,
            coalesce(standing.log_odds, 0) as shift,
            case
                when standing.account_id is not null then formula.rung
                else least(formula.decided_renewals, 1)
            end as rung,
            case
                when formula.rung >= 2 and standing.account_id is not null then formula.fitted_renewals
                else formula.decided_renewals
            end as decided,
            next.renewal_number
        from hale_data.contract_on(as_of) as contract
        join hale_data.account as account on account.account_id = contract.account_id
        left join hale_data.account_model_on(as_of) as scored_by on scored_by.account_id = contract.account_id
        join model on model.number = coalesce(scored_by.number, 1)
        left join standing on standing.account_id = contract.account_id
        left join formula on true
        left join hale_data.next_renewal_on(as_of) as next
            on next.account_id = contract.account_id and next.contract_id = contract.contract_id
        left join rate
            on rate.segment = coalesce(account.segment, '') and rate.is_none = (account.segment is null)
            and (rate.term = next.term or rate.term is null)
        left join other on other.term = next.term
        -- Each renewal before adds to the odds of the next: the same as HaleDomain's RenewalOdds.
        cross join lateral (
            select
                case
                    when own.gain = 0 then own.log_odds
                    else ln(exp(own.log_odds) + own.gain * (next.renewal_number - 1))
                end as base
            from (
                select
                    coalesce(rate.log_odds, other.log_odds, formula.other_log_odds) as log_odds,
                    coalesce(rate.gain, other.gain, 0) as gain
            ) as own
        ) as odds
        -- What was decided before its end, such as a term that another one follows already, is not asked again.
        left join hale_data.settled_renewal_on(as_of, 'infinity', as_of - hale_data.undecided_days()) as settled
            on settled.account_id = contract.account_id and settled.contract_id = contract.contract_id
            and settled.renewal_on = contract.renews_on
        where contract.is_open and settled.account_id is null
    )
    select
        chance.account_id, chance.contract_id, chance.segment, chance.product, chance.arr_minor, chance.currency,
        chance.seats, chance.starts_on, chance.renews_on, chance.decision_on, chance.auto_renew, chance.is_live,
        chance.state, chance.score,
        case when not settled.is_settled then chance.base end,
        case when not settled.is_settled then chance.shift end,
        case chance.state
            when 'signed' then 1
            when 'notice_given' then formula.notice_probability
            when 'locked_in' then formula.locked_in_probability
            when 'lapsed' then null
            when 'no_contract' then null
            else 1 / (1 + exp(-(chance.base + chance.shift)))
        end,
        case chance.state
            when 'signed' then 'signed'
            when 'notice_given' then 'notice'
            when 'locked_in' then 'locked in'
            when 'lapsed' then null
            when 'no_contract' then null
            else (array['assumed', 'assumed slope', 'calibrated', 'fitted'])[chance.rung + 1]
        end,
        case when not settled.is_settled then chance.rung end,
        case when settled.is_settled then 0 else chance.decided end,
        case when not settled.is_settled then formula.base end,
        chance.renewal_number
    from chance
    left join formula on true
    cross join lateral (
        select chance.state in ('signed', 'notice_given', 'locked_in', 'lapsed', 'no_contract') as is_settled
    ) as settled
$$;

-- The place of a renewal in a sales forecast, by its probability in whole percent as it is shown: halves round up. The
-- same edges as HaleDomain's RenewalCategory.
create or replace function hale_data.renewal_category(probability double precision, basis text) returns text
language sql immutable as
$$
    select case
        when probability is null then null
        when basis = 'signed' then 'closed'
        when probability >= 0.845 then 'commit'
        when probability >= 0.595 then 'most_likely'
        when probability >= 0.295 then 'best_case'
        else 'at_risk'
    end
$$;
