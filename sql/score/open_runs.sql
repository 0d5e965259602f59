-- Purpose: notes that runs begin; committed before the work, so that runs that died can be seen.
-- Grain: one row per run, in the order asked for. Parameters: $1 days (date[]), $2 models (text[]), of the
--   same length.
-- not null: run_id, position
with
opened as (
    insert into hale_data.score_run (day, model_hash)
    select asked.day, asked.model_hash
    from unnest($1::date[], $2::text[]) with ordinality as asked (day, model_hash, position)
    order by asked.position
    returning run_id, day, model_hash
)
select opened.run_id, asked.position
from unnest($1::date[], $2::text[]) with ordinality as asked (day, model_hash, position)
join opened on opened.day = asked.day and opened.model_hash = asked.model_hash
order by asked.position
