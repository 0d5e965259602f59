-- Purpose: lets rules stand where they stood before a day, the newest that they have seen; a rule of which it was the
--   first day was never evaluated. Where the day before was not kept, it is the newest that was scored before this one
--   was.
-- Parameters: $1 day (date).
with
earlier as (
    select max(former.day) as day
    from hale_data.score_run as former
    where former.finished_at is not null and former.day < $1::date
        and former.finished_at <= (
            select min(run.finished_at) from hale_data.score_run as run where run.day = $1::date)
),
unborn as (
    delete from hale_data.alert_rule
    where evaluated_on = $1::date and first_evaluated_on >= $1::date
)
update hale_data.alert_rule as standing
set evaluated_on = greatest(
        standing.first_evaluated_on, coalesce(standing.previous_on, earlier.day, $1::date - 1)),
    held_since = case
        when standing.previous_on is not null then standing.previous_held_since
        else nullif(standing.held_since, $1::date)
    end,
    evaluated_run = (
        select max(run.run_id)
        from hale_data.score_run as run
        where run.finished_at is not null and run.day = greatest(
            standing.first_evaluated_on, coalesce(standing.previous_on, earlier.day, $1::date - 1))),
    released_on = nullif(standing.released_on, $1::date),
    previous_on = null, previous_held_since = null
from earlier
where standing.evaluated_on = $1::date and standing.first_evaluated_on < $1::date
