-- Purpose: the stored days from a day on of the accounts that a run wrote on it, to be smoothed again.
-- Grain: one row per account and day, in order of account_id and day.
-- Parameters: $1 day (date), $2 first, $3 last account (bigint), $4 model (text), $5 run (bigint).
-- not null: account_id, day, score, baseline, clip, points, coverage, smoothed_score, smoothed_baseline,
-- not null: smoothed_clip, smoothed_points, computed_band, band, reasons, days_in_band, days_on_other_side, runs_below
select
    later.account_id, later.day, later.score, later.baseline, later.clip, later.points, later.coverage,
    later.smoothed_score, later.smoothed_baseline, later.smoothed_clip, later.smoothed_points, later.computed_band,
    later.band, array_to_string(later.reasons, ',') as reasons, later.days_in_band, later.days_on_other_side,
    later.runs_below, later.cliff_since, later.decline_since, later.rise_since, later.champion_left_since,
    later.detractor_since
from hale_data.health_score as changed
join hale_data.health_score as later
    on later.account_id = changed.account_id and later.model_hash = changed.model_hash and later.day >= changed.day
where changed.day = $1::date and changed.model_hash = $4::text and changed.run_id = $5::bigint
    and changed.account_id between $2::bigint and $3::bigint
    and later.account_id between $2::bigint and $3::bigint
    and later.day >= $1::date
order by later.account_id, later.day
