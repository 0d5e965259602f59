-- Purpose: whether a day was scored. Grain: one row. Parameters: $1 day (date).
-- not null: is_scored
select exists (
    select from hale_data.score_run where day = $1::date and finished_at is not null
) as is_scored
