-- Purpose: publishes a day. Parameters: $1 run (bigint), $2 accounts, $3 inserted, $4 updated, $5 unchanged
--   (integer), $6 what the scores were computed from (text of a pg_snapshot), $7 why (text), $8 whether every account
--   was scored with figures computed by the run (boolean).
update hale_data.score_run
set finished_at = clock_timestamp(),
    accounts = $2::integer,
    inserted = $3::integer,
    updated = $4::integer,
    unchanged = $5::integer,
    snapshot = $6::text::pg_snapshot,
    reason = $7::text,
    is_full = $8::boolean
where run_id = $1::bigint
