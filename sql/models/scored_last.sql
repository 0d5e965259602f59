-- Purpose: the models of the newest scored day up to a day. Grain: one row per model, the one that scored last first.
-- Parameters: $1 day (date).
-- not null: name, text
select model.name, model.text
from (
    select run.model_hash, max(run.run_id) as newest_run
    from hale_data.score_run as run
    where run.finished_at is not null
        and run.day = (
            select max(newest.day)
            from hale_data.score_run as newest
            where newest.finished_at is not null and newest.day <= $1::date)
    group by run.model_hash
) as scored
join hale_data.model as model on model.model_hash = scored.model_hash
order by scored.newest_run desc
