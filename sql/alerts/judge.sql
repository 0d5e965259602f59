-- Purpose: notes what a person says of an alert that fired. Grain: one row of the event.
-- Parameters: $1 account (bigint), $2 alert (bigint), $3 verdict, $4 who says so and why (text).
-- not null: event_id
insert into hale_data.alert_event (account_id, alert_id, day, kind, reason)
select alert.account_id, alert.alert_id, coalesce(alert.resolved_on, alert.evaluated_on), $3::text, $4::text
from hale_data.alert as alert
where alert.account_id = $1::bigint and alert.alert_id = $2::bigint
returning event_id
