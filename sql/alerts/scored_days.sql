-- Purpose: the scored days of a range. Grain: one row per day, oldest first. Parameters: $1 first, $2 last (date).
-- not null: day
select distinct run.day
from hale_data.score_run as run
where run.finished_at is not null and run.day between $1::date and $2::date
order by run.day
