-- Purpose: the open alerts. Grain: one row per alert.
-- not null: account_id, alert_id, rule, subject, state, since_on, true_days, evaluated_on
select
    account_id, alert_id, rule, subject, state, since_on, true_days, fired_on, false_since, evaluated_on, stale_since,
    inhibited_by
from hale_data.alert
where state in ('pending', 'firing')
order by account_id, alert_id
