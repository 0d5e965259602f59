-- Purpose: notes that a person has a firing or pending alert. Grain: one row of the event.
-- Parameters: $1 account (bigint), $2 alert (bigint), $3 who (text), $4 reason of the event (text).
-- not null: event_id
with
acknowledged as (
    update hale_data.alert
    set acknowledged_by = $3::text, acknowledged_at = now()
    where account_id = $1::bigint and alert_id = $2::bigint and state in ('pending', 'firing')
    returning account_id, alert_id, evaluated_on
)
insert into hale_data.alert_event (account_id, alert_id, day, kind, reason)
select account_id, alert_id, evaluated_on, 'acknowledged', $4::text
from acknowledged
returning event_id
