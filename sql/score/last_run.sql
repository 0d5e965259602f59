-- Purpose: what the newest finished run of a day saw; none where that cannot be compared with what was committed
--   since, as after the database was restored elsewhere.
-- Grain: one row or none. Parameters: $1 day (date), $2 model (text).
-- not null: snapshot
select newest.snapshot::text as snapshot
from (
    select snapshot
    from hale_data.score_run
    where day = $1::date and model_hash = $2::text and finished_at is not null
    order by finished_at desc, run_id desc
    limit 1
) as newest
where pg_snapshot_xmax(newest.snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
