-- Purpose: notes that a change of a task was taken back. Parameters: $1 account key, $2 the change, $3 the event that
--   took
--   it back (bigint).
update hale_data.task_event
set undone_by = $3::bigint
where account_id = $1::bigint and event_id = $2::bigint
