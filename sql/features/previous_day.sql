-- Purpose: the newest stored day of a model before a day.
-- Grain: one row. Parameters: $1 day (date), $2 hash of the model (text).
select max(day) as day
from hale_data.score_run
where finished_at is not null and model_hash = $2::text and day < $1::date
