-- Purpose: what the rules of alerts test: facts, windows, drivers, flags and score of every account on a day.
-- Grain: one row per account. Where the day was not scored, all that comes from a score is null.
-- A comment on a column says what it is, with its unit in brackets; hale rules explain --signals shows them.
-- How likely renewals are takes longer to work out than all the rest: with_chance is false where nobody asks for it,
-- and renewal_probability and expected_loss are null then. Nested loops are forbidden, as of a day that was scored a
-- moment ago the server thinks that it has one row.
create or replace function hale.account_signal_on(as_of date, with_chance boolean default true)
returns table (
    account_id text, account_key bigint, name text, segment text, lifecycle_stage text, country text, industry text,
    csm text, age_days integer, arr numeric, currency text, seats bigint, live_contracts integer, renews_on date,
    days_to_renewal integer, decision_on date, days_to_decision integer, contract_state text, notice_given boolean,
    renewal_signed boolean, renewal_probability double precision, expected_loss double precision, events_28d bigint,
    prior_events_28d bigint, quantity_28d bigint, active_days_28d integer, active_people_28d integer,
    last_active_on date, days_since_active integer, usage_ratio double precision, usage_ratio_7d double precision,
    probability_drop_25 double precision, probability_drop_50 double precision, probability_rise_15 double precision,
    seat_utilisation double precision, key_features_used integer, silent_business_days integer,
    champion_silent_business_days integer, nps double precision, nps_estimate double precision,
    nps_mean double precision, nps_responses integer, open_tickets integer,
    overdue_days integer, usage_cliff boolean, usage_decline boolean, usage_rise boolean, champion_left boolean,
    champion_silent boolean, detractor_with_influence boolean, usage_trend_x double precision,
    usage_level_x double precision, usage_level double precision, usage_level_peers integer,
    usage_seats_x double precision, usage_recency_x double precision, usage_breadth_x double precision,
    nps_x double precision, champion_x double precision, contract_x double precision, support_x double precision,
    billing_x double precision, csm_sentiment_x double precision, score double precision,
    smoothed_score double precision, score_low double precision, score_high double precision, band text,
    computed_band text, score_change_7d double precision, score_change_28d double precision, days_red integer,
    coverage double precision, model text, data_missing boolean, feed_stale_days integer, arr_note text)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_nestloop = off as
$$
    with
    -- Where each driver and fact stands in the arrays of a model's scores.
    model as materialized (
        select
            model.model_hash, model.name,
            array_position(model.drivers, 'usage.trend') as usage_trend,
            array_position(model.drivers, 'usage.level') as usage_level_driver,
            array_position(model.facts, 'usage_level') as usage_level,
            array_position(model.facts, 'usage_level_peers') as usage_level_peers,
            array_position(model.drivers, 'usage.seats') as usage_seats,
            array_position(model.drivers, 'usage.recency') as usage_recency,
            array_position(model.drivers, 'usage.breadth') as usage_breadth,
            array_position(model.drivers, 'sentiment.nps') as nps,
            array_position(model.drivers, 'relationship.champion') as champion,
            array_position(model.drivers, 'contract.state') as contract,
            array_position(model.drivers, 'support.load') as support,
            array_position(model.drivers, 'billing.overdue') as billing,
            array_position(model.drivers, 'sentiment.csm') as csm_sentiment,
            array_position(model.facts, 'usage_ratio') as usage_ratio,
            array_position(model.facts, 'usage_ratio_7d') as usage_ratio_7d,
            array_position(model.facts, 'probability_drop_25') as drop_25,
            array_position(model.facts, 'probability_drop_50') as drop_50,
            array_position(model.facts, 'probability_rise_15') as rise_15,
            array_position(model.facts, 'seat_utilisation') as utilisation,
            array_position(model.facts, 'key_features_used') as key_features,
            array_position(model.facts, 'silent_business_days') as silent_days,
            array_position(model.facts, 'champion_silent_business_days') as champion_silence,
            array_position(model.facts, 'overdue_days') as overdue,
            (known.constants ->> 'champion_silent_value')::double precision as champion_silent_value,
            (known.constants ->> 'champion_silent_days')::integer as champion_silent_days
        from hale_data.model as model
        cross join lateral (select hale_data.usual_constants() || model.constants as constants) as known
        where not model.is_beside
    ),
    day as materialized (
        select exists (
            select from hale_data.score_run as run where run.day = as_of and run.finished_at is not null) as is_scored
    ),
    health as (
        select
            health.*,
            model.name as model_name,
            health.x[model.usage_trend] as usage_trend_x,
            health.x[model.usage_level_driver] as usage_level_x,
            health.facts[model.usage_level] as usage_level,
            health.facts[model.usage_level_peers]::integer as usage_level_peers,
            health.x[model.usage_seats] as usage_seats_x,
            health.x[model.usage_recency] as usage_recency_x,
            health.x[model.usage_breadth] as usage_breadth_x,
            health.x[model.nps] as nps_x,
            health.x[model.champion] as champion_x,
            health.x[model.contract] as contract_x,
            health.x[model.support] as support_x,
            health.x[model.billing] as billing_x,
            health.x[model.csm_sentiment] as csm_sentiment_x,
            health.facts[model.usage_ratio] as usage_ratio,
            health.facts[model.usage_ratio_7d] as usage_ratio_7d,
            health.facts[model.drop_25] as drop_25,
            health.facts[model.drop_50] as drop_50,
            health.facts[model.rise_15] as rise_15,
            health.facts[model.utilisation] as utilisation,
            health.facts[model.key_features]::integer as key_features,
            health.facts[model.silent_days]::integer as silent_days,
            health.facts[model.champion_silence]::integer as champion_silence,
            health.facts[model.overdue]::integer as overdue,
            model.champion_silent_value,
            model.champion_silent_days
        from hale_data.health_score as health
        join model on model.model_hash = health.model_hash
        where health.day = as_of
            and health.run_id in (select run.run_id from hale_data.score_run as run where run.finished_at is not null)
    ),
    chance as materialized (
        select
            chance.account_id,
            -- An amount without an exchange rate leaves nothing to add up.
            case when bool_and(amount.minor is not null) then sum(amount.minor) end as minor,
            case when bool_and(amount.minor is not null) then sum(amount.minor * (1 - chance.probability)) end
                as loss_minor,
            array_agg(distinct chance.currency) filter (where amount.minor is null) as without_rate
        from hale_data.renewal_chance_on(as_of) as chance
        cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
        cross join lateral (
            select case
                when chance.currency = reporting.currency then chance.arr_minor
                else hale_data.in_reporting_currency(chance.arr_minor, chance.currency, reporting.currency, as_of)
            end as minor
            offset 0
        ) as amount
        where with_chance and chance.probability is not null
        group by chance.account_id
    ),
    red as (
        select known.*, hale_data.band_under_override(known.band, known.reasons, override.band) as shown_band
        from health as known
        left join hale_data.override_on(as_of) as override on override.account_id = known.account_id
    )
    select
        fact.account_id, fact.account_key, fact.name, fact.segment, fact.lifecycle_stage, account.country,
        account.industry, fact.csm, fact.age_days, hale_data.major(fact.arr_minor, fact.currency), fact.currency,
        fact.seats, fact.live_contracts, fact.renews_on, fact.days_to_renewal,
        health.decision_on, health.days_to_decision, fact.contract_state,
        coalesce('notice_given' = any (health.reasons), fact.contract_state = 'notice_given'),
        fact.contract_state = 'signed',
        1 - chance.loss_minor / nullif(chance.minor, 0)::float8,
        chance.loss_minor / 10::float8 ^ hale_data.minor_digits(fact.currency),
        fact.events_28d, fact.prior_events_28d, fact.quantity_28d, fact.active_days_28d, fact.active_people_28d,
        fact.last_active_on, as_of - fact.last_active_on,
        health.usage_ratio, health.usage_ratio_7d, health.drop_25, health.drop_50, health.rise_15, health.utilisation,
        health.key_features, health.silent_days, health.champion_silence,
        fact.nps, fact.nps_estimate, fact.nps_estimate, fact.nps_responses, fact.open_tickets, health.overdue,
        -- A flag without evidence stays as it was, and is unknown here.
        case when coalesce(health.drop_50, health.usage_recency_x) is not null then health.cliff_since is not null end,
        case when health.drop_25 is not null then health.decline_since is not null end,
        case when health.rise_15 is not null then health.rise_since is not null end,
        case when health.account_id is not null then health.champion_left_since is not null end,
        case
            when health.champion_x is null then null
            else health.champion_left_since is null and health.champion_x < health.champion_silent_value
                and coalesce(health.champion_silence >= health.champion_silent_days, false)
        end,
        case when health.account_id is not null then health.detractor_since is not null end,
        health.usage_trend_x, health.usage_level_x, health.usage_level, health.usage_level_peers,
        health.usage_seats_x, health.usage_recency_x, health.usage_breadth_x, health.nps_x,
        health.champion_x, health.contract_x, health.support_x, health.billing_x, health.csm_sentiment_x,
        health.score, health.smoothed_score, health.low, health.high, health.shown_band, health.computed_band,
        health.smoothed_score - week.smoothed_score, health.smoothed_score - month.smoothed_score,
        case when health.shown_band = 'red' then coalesce(as_of - not_red.day, as_of - first.day + 1, 1) else 0 end,
        health.coverage, health.model_name,
        case
            when day.is_scored then fact.live_contracts > 0 and coalesce(health.computed_band, 'unknown') = 'unknown'
        end,
        case when health.account_id is not null then coalesce(as_of - portfolio.stale_since, 0) end,
        coalesce(fact.arr_note, hale_data.money_note(chance.without_rate, fact.currency, as_of))
    from hale_data.account_facts_on(as_of) as fact
    join hale_data.account as account on account.account_id = fact.account_key
    cross join day
    left join red as health on health.account_id = fact.account_key
    left join hale_data.health_score as week
        on week.account_id = fact.account_key and week.day = as_of - 7 and week.model_hash = health.model_hash
    left join hale_data.health_score as month
        on month.account_id = fact.account_key and month.day = as_of - 28 and month.model_hash = health.model_hash
    left join hale_data.portfolio_day as portfolio
        on portfolio.day = as_of and portfolio.model_hash = health.model_hash
    left join chance on chance.account_id = fact.account_key
    -- Asked of red accounts only: the newest scored day that was not red, and the first day where none was.
    left join lateral (
        select earlier.day
        from hale_data.health_score as earlier
        where health.shown_band = 'red' and earlier.account_id = health.account_id
            and earlier.day < as_of and earlier.day >= as_of - 180
            and earlier.model_hash = health.model_hash and earlier.band <> 'red'
        order by earlier.day desc
        limit 1
    ) as not_red on true
    left join lateral (
        select earlier.day
        from hale_data.health_score as earlier
        where health.shown_band = 'red' and not_red.day is null and earlier.account_id = health.account_id
            and earlier.day <= as_of and earlier.day >= as_of - 180 and earlier.model_hash = health.model_hash
        order by earlier.day
        limit 1
    ) as first on true
    where hale_data.may_see(fact.csm)
$$;
create or replace view hale.account_signal with (security_barrier) as
select
    account_id, account_key, name, segment, lifecycle_stage, country, industry, csm, age_days, arr, currency, seats,
    live_contracts, renews_on, days_to_renewal, decision_on, days_to_decision, contract_state, notice_given,
    renewal_signed, renewal_probability, expected_loss, events_28d, prior_events_28d, quantity_28d, active_days_28d,
    active_people_28d, last_active_on, days_since_active, usage_ratio, usage_ratio_7d, probability_drop_25,
    probability_drop_50, probability_rise_15, seat_utilisation, key_features_used, silent_business_days,
    champion_silent_business_days, nps, nps_estimate, nps_mean, nps_responses, open_tickets, overdue_days, usage_cliff,
    usage_decline, usage_rise, champion_left, champion_silent, detractor_with_influence, usage_trend_x, usage_level_x,
    usage_level, usage_level_peers, usage_seats_x,
    usage_recency_x, usage_breadth_x, nps_x, champion_x, contract_x, support_x, billing_x, csm_sentiment_x, score,
    smoothed_score, score_low, score_high, band, computed_band, score_change_7d, score_change_28d, days_red, coverage,
    model, data_missing, feed_stale_days, arr_note
from hale.account_signal_on(hale.newest_day(), true);
comment on view hale.account_signal is
    'what the rules of alerts test, of every account on the newest scored day, one row per account';
comment on column hale.account_signal.account_id is 'the account''s id as imported';
comment on column hale.account_signal.account_key is 'internal id of the account';
comment on column hale.account_signal.name is 'the account''s name';
comment on column hale.account_signal.segment is 'the account''s segment';
comment on column hale.account_signal.lifecycle_stage is 'the account''s stage';
comment on column hale.account_signal.country is 'the account''s country';
comment on column hale.account_signal.industry is 'the account''s industry';
comment on column hale.account_signal.csm is 'e-mail of the responsible CSM';
comment on column hale.account_signal.age_days is 'since the account''s first contract, creation or usage [days]';
comment on column hale.account_signal.arr is
    'annual recurring revenue of the live contracts; 0 without one, null without an exchange rate '
    '[major units of the reporting currency]';
comment on column hale.account_signal.currency is 'the reporting currency [ISO 4217]';
comment on column hale.account_signal.seats is 'seats bought in the live contracts; null when none says [seats]';
comment on column hale.account_signal.live_contracts is 'live contracts [contracts]';
comment on column hale.account_signal.renews_on is 'the earliest next renewal date among the live contracts [date]';
comment on column hale.account_signal.days_to_renewal is 'from the day to renews_on [days]';
comment on column hale.account_signal.decision_on is
    'the day by which the next renewal is decided: its date less the notice [date]';
comment on column hale.account_signal.days_to_decision is 'from the day to decision_on; negative when past [days]';
comment on column hale.account_signal.contract_state is
    'state of the open contract that stands worst: no_contract, running, evergreen, window_open_unsigned, '
    'past_due, lapsed, notice_given, locked_in or signed';
comment on column hale.account_signal.notice_given is 'whether notice of non-renewal was given [true or false]';
comment on column hale.account_signal.renewal_signed is
    'whether the renewal of the current term is signed [true or false]';
comment on column hale.account_signal.renewal_probability is
    'share of the open contracts'' ARR expected to renew; null without one, or before anything was fitted [0 to 1]';
comment on column hale.account_signal.expected_loss is
    'ARR of the open contracts that is expected to be lost; null likewise [major units of the reporting currency]';
comment on column hale.account_signal.events_28d is 'usage rows in the 28 whole days before the day [rows]';
comment on column hale.account_signal.prior_events_28d is 'usage rows in the 28 days before those [rows]';
comment on column hale.account_signal.quantity_28d is 'sum of the quantities of events_28d [units of the file]';
comment on column hale.account_signal.active_days_28d is 'days with usage among the 28 before the day [days]';
comment on column hale.account_signal.active_people_28d is 'people with usage in the 28 days before the day [people]';
comment on column hale.account_signal.last_active_on is 'the last day with usage before the day; null for none [date]';
comment on column hale.account_signal.days_since_active is 'from last_active_on to the day; null for no usage [days]';
comment on column hale.account_signal.usage_ratio is
    'usage of 28 days over that of the 28 before, beyond the portfolio''s; null with too little of either [ratio]';
comment on column hale.account_signal.usage_ratio_7d is
    'usage of 7 days over that of the 28 before, beyond the portfolio''s; null with too little of either [ratio]';
comment on column hale.account_signal.probability_drop_25 is
    'probability that usage fell by a quarter or more in 28 days [0 to 1]';
comment on column hale.account_signal.probability_drop_50 is
    'probability that usage fell by half or more in 7 days [0 to 1]';
comment on column hale.account_signal.probability_rise_15 is
    'probability that usage rose by 15 % or more in 28 days [0 to 1]';
comment on column hale.account_signal.seat_utilisation is 'people active in 28 days over seats bought [ratio]';
comment on column hale.account_signal.key_features_used is
    'key features used in the days over which the model counts them, 28 by default [features]';
comment on column hale.account_signal.silent_business_days is
    'complete business days since the last usage [business days]';
comment on column hale.account_signal.champion_silent_business_days is
    'complete business days since a champion''s last usage; null without a champion [business days]';
comment on column hale.account_signal.nps is
    'net promoter score of the newest responses of all respondents; null without a response [-100 to 100]';
comment on column hale.account_signal.nps_estimate is
    'expected net promoter score, drawn towards the portfolio''s; null without a response [-100 to 100]';
comment on column hale.account_signal.nps_mean is 'the old name of nps_estimate, for rules that use it [-100 to 100]';
comment on column hale.account_signal.nps_responses is
    'respondents whose newest response counts, for 730 days unless the model says less [people]';
comment on column hale.account_signal.open_tickets is 'tickets open at the start of the day [tickets]';
comment on column hale.account_signal.overdue_days is
    'days by which the oldest unpaid invoice is overdue; null without invoices [days]';
comment on column hale.account_signal.usage_cliff is
    'usage fell off a cliff, in 7 days or into a silence unlike the account; null without evidence [true or false]';
comment on column hale.account_signal.usage_decline is
    'usage of 28 days declines; null where it cannot be told [true or false]';
comment on column hale.account_signal.usage_rise is
    'usage of 28 days rises; null where it cannot be told [true or false]';
comment on column hale.account_signal.champion_left is 'every champion has left [true or false]';
comment on column hale.account_signal.champion_silent is
    'the champion is silent for 10 business days, or what the model says, or more, and that is unlike them; '
    'null without a champion [true or false]';
comment on column hale.account_signal.detractor_with_influence is
    'somebody who decides answered as a detractor lately [true or false]';
comment on column hale.account_signal.usage_trend_x is
    'value of the driver usage.trend; null without data [0 bad to 1 good]';
comment on column hale.account_signal.usage_level_x is
    'value of the driver usage.level: share of the peers that use less; null without peers [0 bad to 1 good]';
comment on column hale.account_signal.usage_level is
    'person-days, or units, used in 28 days, a seat where seats are known; null where the model compares no levels '
    '[person-days or units]';
comment on column hale.account_signal.usage_level_peers is
    'accounts that usage_level is compared with; null with too few [accounts]';
comment on column hale.account_signal.usage_seats_x is
    'value of the driver usage.seats; null without data [0 bad to 1 good]';
comment on column hale.account_signal.usage_recency_x is
    'value of the driver usage.recency; null without data [0 bad to 1 good]';
comment on column hale.account_signal.usage_breadth_x is
    'value of the driver usage.breadth; null without data [0 bad to 1 good]';
comment on column hale.account_signal.nps_x is 'value of the driver sentiment.nps; null without data [0 bad to 1 good]';
comment on column hale.account_signal.champion_x is
    'value of the driver relationship.champion; null without data [0 bad to 1 good]';
comment on column hale.account_signal.contract_x is
    'value of the driver contract.state; null without data [0 bad to 1 good]';
comment on column hale.account_signal.support_x is
    'value of the driver support.load; null without data [0 bad to 1 good]';
comment on column hale.account_signal.billing_x is
    'value of the driver billing.overdue; null without data [0 bad to 1 good]';
comment on column hale.account_signal.csm_sentiment_x is
    'value of the driver sentiment.csm, where the model has it; null without data [0 bad to 1 good]';
comment on column hale.account_signal.score is 'health score of the day [0 to 100]';
comment on column hale.account_signal.smoothed_score is
    'the score smoothed over days, which the band follows [0 to 100]';
comment on column hale.account_signal.score_low is 'the score if everything unknown were as bad as can be [0 to 100]';
comment on column hale.account_signal.score_high is 'the score if everything unknown were as good as can be [0 to 100]';
comment on column hale.account_signal.band is 'red, amber, green or unknown, after caps and as people set it';
comment on column hale.account_signal.computed_band is 'the band before caps and overrides';
comment on column hale.account_signal.score_change_7d is 'change of the smoothed score in seven days [points]';
comment on column hale.account_signal.score_change_28d is 'change of the smoothed score in 28 days [points]';
comment on column hale.account_signal.days_red is
    'for how long the band is red without a break, at most 180; 0 when it is not [days]';
comment on column hale.account_signal.coverage is 'share of the weight that has data [0 to 1]';
comment on column hale.account_signal.model is 'name of the model that made the score';
comment on column hale.account_signal.data_missing is
    'a live contract, and too little data for a score; null where the day was not scored [true or false]';
comment on column hale.account_signal.feed_stale_days is
    'since a feed of all accounts no longer counts in full; 0 while all do [days]';
comment on column hale.account_signal.arr_note is
    'why arr or expected_loss is missing, with the currency and the day; null where neither is for want of a rate';
