-- Purpose: notes that a run begins; committed before the work, so that a run that died can be seen.
-- Grain: one row. Parameters: $1 day (date), $2 model (text).
-- not null: run_id
insert into hale_data.score_run (day, model_hash)
values ($1::date, $2::text)
returning run_id
