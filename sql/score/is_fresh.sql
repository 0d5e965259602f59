-- Purpose: whether nothing is stored of a day. Grain: one row. Parameters: $1 day (date), $2 model (text).
-- not null: is_fresh
select not exists (
    select from hale_data.health_score where day = $1::date and model_hash = $2::text
) as is_fresh
