-- Purpose: the scored days of a range. Grain: one row per day, oldest first.
-- Parameters: $1 first, $2 last (date; null = no end).
-- not null: day, newest_run
select run.day, max(run.run_id) as newest_run
from hale_data.score_run as run
where run.finished_at is not null and run.day >= $1::date and ($2::date is null or run.day <= $2::date)
group by run.day
order by run.day
