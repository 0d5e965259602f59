-- Purpose: what happened to an alert. Grain: one row per event, oldest first.
-- Parameters: $1 account (bigint), $2 alert (bigint).
-- not null: event_id, day, kind, reason, recorded_at
select event_id, day, kind, reason, signals::text as signals, recorded_at::text as recorded_at
from hale_data.alert_event
where account_id = $1::bigint and alert_id = $2::bigint
order by event_id
