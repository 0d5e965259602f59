-- Purpose: the scored days after a day. Grain: one row per day, oldest first. Parameters: $1 day (date).
-- not null: day
select distinct run.day
from hale_data.score_run as run
where run.finished_at is not null and run.day > $1::date
order by run.day
