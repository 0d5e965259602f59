-- Purpose: the stored scores of an account in the days up to a day, each with the points behind it.
-- Grain: one row per scored day, oldest first. Parameters: $1 day (date), $2 account id (text), $3 days (integer).
-- not null: day, score, smoothed_score, coverage, computed_band, band, smoothed_points, drivers, is_set_by_hand
select
    health.day, health.score, health.smoothed_score, health.coverage, health.computed_band,
    hale_data.band_under_override(health.band, health.reasons, override.band) as band, health.smoothed_points,
    model.drivers, coalesce(
        override.band is not null and health.band <> 'unknown' and not 'notice_given' = any (health.reasons),
        false) as is_set_by_hand
from hale_data.health_score as health
join hale_data.score_run as run on run.run_id = health.run_id and run.finished_at is not null
join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
join hale_data.account as account on account.account_id = health.account_id
left join lateral (
    select known.band
    from hale_data.band_override as known
    where known.account_id = health.account_id
        and known.starts_on <= health.day and known.until_on >= health.day
        and (known.ended_on is null or known.ended_on > health.day)
    order by known.override_id desc
    limit 1
) as override on true
where health.day > $1::date - $3::integer and health.day <= $1::date
    and account.external_id = $2::text
order by health.day
