-- Purpose: which days of a range were scored with a model.
-- Grain: one row per day. Parameters: $1 first, $2 last day (date), $3 model (text).
-- not null: day
select distinct day
from hale_data.score_run
where day between $1::date and $2::date and model_hash = $3::text and finished_at is not null
order by day
