-- Purpose: models that ever scored a day and are in force no more.
-- Grain: one row per model. Parameters: $1 day (date), $2 hashes of the models in force (text[]).
-- not null: model_hash
select distinct run.model_hash
from hale_data.score_run as run
where run.day = $1::date and run.model_hash <> all ($2::text[])
