-- Purpose: notes why runs did not finish. Parameters: $1 runs (bigint[]), $2 error (text).
update hale_data.score_run
set error = $2::text
where run_id = any ($1::bigint[]) and finished_at is null
