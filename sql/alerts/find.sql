-- Purpose: an alert by its number. Grain: one row or none. Parameters: $1 number (bigint).
-- not null: account_key, alert_id, rule, subject, state, shown_on, has_fired
select
    alert.account_id as account_key, alert.alert_id, alert.rule, alert.subject, alert.state,
    coalesce(alert.resolved_on, alert.evaluated_on) as shown_on, alert.fired_on is not null as has_fired,
    alert.acknowledged_by
from hale_data.alert as alert
where alert.alert_id = $1::bigint
