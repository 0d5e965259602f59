-- Purpose: replaces the smoothed part of stored days; what the days say themselves stays.
-- Parameters: $1 model (text), $2 the day before the first of them (date).
update hale_data.health_score as old
set smoothed_score = new.smoothed_score, smoothed_baseline = new.smoothed_baseline,
    smoothed_clip = new.smoothed_clip, smoothed_points = new.smoothed_points, computed_band = new.computed_band,
    band = new.band, days_in_band = new.days_in_band, days_on_other_side = new.days_on_other_side,
    runs_below = new.runs_below, recorded_at = now()
from smoothed_again as new
where old.account_id = new.account_id and old.day = new.day and old.model_hash = $1::text and old.day > $2::date
