-- Purpose: accounts on a day with facts, score and the smoothed scores of the days before.
-- Grain: one row per account, in order of account id.
-- Parameters: $1 day (date), $2 account ids (text[]; null = all), $3 days of history (integer).
-- not null: account_id, name, live_contracts, contract_state, events_28d, quantity_28d, prior_events_28d,
-- not null: active_days_28d, active_people_28d, nps_responses, open_tickets, history
with
health as (
    select health.*
    from hale.account_health_on($1::date) as health
    where $2::text[] is null or health.account_id = any ($2::text[])
),
history as (
    select
        stored.account_id,
        array_agg(stored.smoothed_score order by stored.day) as scores
    from hale_data.health_score as stored
    where stored.day > $1::date - $3::integer and stored.day <= $1::date
        and stored.account_id in (select health.account_key from health)
        and stored.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
    group by stored.account_id
)
select
    health.account_id, health.name, health.segment, health.csm, health.arr_minor, health.currency, health.seats,
    health.live_contracts, health.renews_on, health.days_to_renewal, health.contract_state,
    health.events_28d, health.quantity_28d, health.prior_events_28d, health.active_days_28d,
    health.active_people_28d, health.last_active_on, health.nps, health.nps_estimate, health.nps_estimate_low_90,
    health.nps_estimate_high_90, health.nps_responses, health.open_tickets,
    health.score, health.smoothed_score, health.band, health.computed_band, health.reasons, health.coverage,
    health.score_change_7d, health.override_band, health.override_from, health.override_until,
    health.override_reason, health.override_by, health.stale_since, health.arr_note, health.covered_csm,
    health.covered_until,
    coalesce(history.scores, '{}') as history
from health
left join history on history.account_id = health.account_key
order by health.account_id
