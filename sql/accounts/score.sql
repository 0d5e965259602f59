-- Purpose: the stored score of an account on a day with everything that explains it.
-- Grain: one row or none. Parameters: $1 day (date), $2 account id (text).
-- not null: day, account_id, score, smoothed_score, baseline, clip, low, high, rescaling, drivers, x, c, mu, points,
-- not null: smoothed_baseline, smoothed_clip, smoothed_points, texts, computed_band, band, reasons, contract_state,
-- not null: urgency, model, model_hash, scored_at, stale_feeds
select
    health.day, health.account_id, health.score, health.smoothed_score, health.baseline, health.clip, health.low,
    health.high, health.rescaling, model.drivers, health.x, health.c, health.mu, health.points,
    health.smoothed_baseline, health.smoothed_clip, health.smoothed_points, health.texts, health.computed_band,
    health.band, health.reasons, health.contract_state, health.urgency, health.days_to_decision, model.name as model,
    model.model_hash,
    to_char(health.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as scored_at, run.reason as run_reason,
    portfolio.stale_since, coalesce(portfolio.stale_feeds, '{}') as stale_feeds
from hale_data.health_score as health
join hale_data.account as account on account.account_id = health.account_id
join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
left join hale_data.score_run as run on run.run_id = health.run_id
left join hale_data.portfolio_day as portfolio
    on portfolio.day = health.day and portfolio.model_hash = health.model_hash
where health.day = $1::date and account.external_id = $2::text
