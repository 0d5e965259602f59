-- Purpose: rung 3: what the points of the scored accounts of a day come to on average.
-- Grain: one row. Parameters: $1 day (date), $2 dimensions (text[]), $3 their slopes (float8[]).
select avg(hale_data.dimension_log_odds(health.points, model.drivers, $2::text[], $3::float8[])) as mean
from hale_data.health_score as health
join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
where health.day = $1::date
    and health.computed_band <> 'unknown'
    and health.run_id in (select run.run_id from hale_data.score_run as run where run.finished_at is not null)
