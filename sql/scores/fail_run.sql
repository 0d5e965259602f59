-- Purpose: notes why a run did not finish. Parameters: $1 run (bigint), $2 error (text).
update hale_data.score_run
set error = $2::text
where run_id = $1::bigint and finished_at is null
