-- Purpose: the stored days after a day, which must be smoothed again when it changes.
-- Grain: one row per day. Parameters: $1 day (date), $2 model (text).
-- not null: day
select distinct run.day
from hale_data.score_run as run
where run.day > $1::date and run.model_hash = $2::text and run.finished_at is not null
order by run.day
