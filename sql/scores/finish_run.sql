-- Purpose: publishes a day. Parameters: $1 run (bigint), $2 accounts, $3 inserted, $4 updated, $5 unchanged
--   (integer).
update hale_data.score_run
set finished_at = clock_timestamp(),
    accounts = $2::integer,
    inserted = $3::integer,
    updated = $4::integer,
    unchanged = $5::integer
where run_id = $1::bigint
