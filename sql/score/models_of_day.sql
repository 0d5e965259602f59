-- Purpose: the models that scored a day. Grain: one row per model. Parameters: $1 day (date).
-- not null: model_hash
select distinct run.model_hash
from hale_data.score_run as run
where run.day = $1::date
order by run.model_hash
