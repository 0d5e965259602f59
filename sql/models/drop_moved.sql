-- Purpose: removes the scores of a day of accounts that another model has taken over.
-- Parameters: $1 day (date), $2 model (text), $3 accounts (bigint[]).
delete from hale_data.health_score
where day = $1::date and model_hash = $2::text and account_id = any ($3::bigint[])
