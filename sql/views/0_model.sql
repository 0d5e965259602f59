-- The constants of a model that changes none; its text stands between the marks when the views are made.
create or replace function hale_data.usual_constants() returns jsonb
language sql immutable as
$$
    select hale_data.model_constants(/*usual model*/ ''::text /*end*/)
$$;

-- Purpose: the models in force on a day, with the constants that lists, rules and signals share with the scores.
-- Grain: one row per model that scored the day; of a day that was not scored, per model of the newest one. Before the
--   first scored day one row, with the constants of a model that changes none. Number 1 is the usual model: that of
--   every account that account_model_on does not name.
create or replace function hale_data.model_on(as_of date)
returns table (
    number integer, model_hash text, day date, constants jsonb, contract_reference double precision,
    window_open_value double precision, past_due_value double precision, past_due_days double precision,
    lapsed_days integer, evergreen_decision_days integer, sentiment_valid_days integer,
    nps_half_life_days double precision, nps_maximum_age_days integer, nps_prior_responses double precision,
    nps_prior_shares double precision[], nps_minimum_portfolio_responses integer, nps_promoter_score integer,
    nps_passive_score integer, nps_economic_buyer_weight double precision, nps_champion_weight double precision,
    nps_admin_weight double precision, nps_user_weight double precision, nps_interval_deviations double precision)
language sql stable as
$$
    with
    run as (
        select run.day, run.run_id, model.model_hash, model.name, model.constants
        from hale_data.score_run as run
        join hale_data.model as model on model.model_hash = run.model_hash and not model.is_beside
        where run.finished_at is not null
            and run.day = (
                select coalesce(max(known.day) filter (where known.day = as_of), max(known.day))
                from hale_data.score_run as known
                where known.finished_at is not null)
    ),
    model as (
        select
            -- Of models of one name the one that scored last.
            (row_number() over (order by run.name = 'default' desc, max(run.run_id) desc))::integer as number,
            run.model_hash, run.day, hale_data.usual_constants() || run.constants as constants
        from run
        group by run.model_hash, run.day, run.name, run.constants
        union all
        select 1, '', null, hale_data.usual_constants()
        where not exists (select from run)
    )
    select
        model.number, model.model_hash, model.day, model.constants, known.contract_reference,
        known.contract_window_open_value, known.contract_past_due_value, known.contract_past_due_days,
        known.contract_lapsed_days, known.contract_evergreen_decision_days, known.sentiment_valid_days,
        known.nps_half_life_days, known.nps_maximum_age_days, known.nps_prior_responses,
        known.nps_prior_shares, known.nps_minimum_portfolio_responses, known.nps_promoter_score,
        known.nps_passive_score, known.nps_economic_buyer_weight, known.nps_champion_weight, known.nps_admin_weight,
        known.nps_user_weight, known.nps_interval_deviations
    from model
    cross join lateral jsonb_to_record(model.constants) as known (
        contract_reference double precision, contract_window_open_value double precision,
        contract_past_due_value double precision, contract_past_due_days double precision,
        contract_lapsed_days integer, contract_evergreen_decision_days integer, sentiment_valid_days integer,
        nps_half_life_days double precision, nps_maximum_age_days integer,
        nps_prior_responses double precision, nps_prior_shares double precision[],
        nps_minimum_portfolio_responses integer, nps_promoter_score integer, nps_passive_score integer,
        nps_economic_buyer_weight double precision, nps_champion_weight double precision,
        nps_admin_weight double precision, nps_user_weight double precision, nps_interval_deviations double precision)
$$;

-- Purpose: the accounts that another model than the usual one scored, where the two differ in what model_on tells.
-- Grain: one row per account; mostly none, and then no score is looked at.
create or replace function hale_data.account_model_on(as_of date)
returns table (account_id bigint, number integer)
language sql stable as
$$
    with
    model as materialized (
        select model.number, model.model_hash, model.day, model.constants from hale_data.model_on(as_of) as model
    ),
    other as materialized (
        select other.number, other.model_hash, other.day
        from model as other
        join model as usual on usual.number = 1 and usual.constants <> other.constants
    )
    select score.account_id, other.number
    from hale_data.health_score as score
    join other on other.model_hash = score.model_hash
    where exists (select from other)
        and score.day = (select other.day from other limit 1)
        and score.model_hash = any (array(select other.model_hash from other))
$$;
