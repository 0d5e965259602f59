-- Purpose: removes the scores of a day that some models gave.
-- Parameters: $1 day (date), $2 hashes of the models (text[]).
delete from hale_data.health_score
where day = $1::date and model_hash = any ($2::text[])
