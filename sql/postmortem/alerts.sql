-- Purpose: the alerts that really fired for accounts in a range of days.
-- Grain: one row per alert, in order of the day on which it fired. Parameters: $1 accounts (bigint[]), $2 first, $3
--   last
--   day (date).
-- not null: account_key, alert_id, rule, severity, fired_on
select alert.account_id as account_key, alert.alert_id, alert.rule, alert.severity, alert.fired_on, alert.resolved_on
from hale_data.alert as alert
where alert.account_id = any ($1::bigint[]) and alert.fired_on <= $3::date
    and coalesce(alert.resolved_on, 'infinity') >= $2::date
order by alert.fired_on, alert.rule, alert.alert_id
