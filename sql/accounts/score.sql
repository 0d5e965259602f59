-- Purpose: the stored score of an account on a day with everything that explains it.
-- Grain: one row or none. Parameters: $1 day (date), $2 account id (text).
-- not null: baseline, clip, low, high, rescaling, drivers, x, c, mu, points, smoothed_baseline, smoothed_clip,
-- not null: smoothed_points, texts, contract_state, urgency, model
select
    health.baseline, health.clip, health.low, health.high, health.rescaling, model.drivers, health.x, health.c,
    health.mu, health.points, health.smoothed_baseline, health.smoothed_clip, health.smoothed_points, health.texts,
    health.contract_state, health.urgency, health.days_to_decision, model.name as model, model.model_hash
from hale_data.health_score as health
join hale_data.account as account on account.account_id = health.account_id
join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
where health.day = $1::date and account.external_id = $2::text
