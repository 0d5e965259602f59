-- Purpose: where the smoothing of accounts stood on a stored day.
-- Grain: one row per account, in order of account_id.
-- Parameters: $1 day (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range), $5 hash
--   of the model (text).
-- not null: account_id, smoothed_score, smoothed_baseline, smoothed_clip, smoothed_points, computed_band,
-- not null: days_in_band, days_on_other_side, runs_below
select
    account_id, smoothed_score, smoothed_baseline, smoothed_clip, smoothed_points, computed_band, days_in_band,
    days_on_other_side, runs_below, cliff_since, decline_since, rise_since, champion_left_since, detractor_since
from hale_data.health_score
where day = $1::date and model_hash = $5::text
    and account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or account_id = any ($4::bigint[]))
order by account_id
