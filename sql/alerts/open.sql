-- Purpose: the open alerts, and on request those that ended on a day, with what was kept of their state before it.
-- Grain: one row per alert. Parameters: $1 the day of ends (date; null = open ones alone).
-- not null: account_id, alert_id, rule, subject, state, since_on, true_days, evaluated_on, is_closed
select
    alert.account_id, alert.alert_id, alert.rule, alert.subject, alert.state, alert.since_on, alert.true_days,
    alert.fired_on, alert.false_since, alert.resolved_on, alert.evaluated_on, alert.stale_since, alert.inhibited_by,
    former.state as former_state, former.true_days as former_true_days, former.fired_on as former_fired_on,
    former.false_since as former_false_since, former.evaluated_on as former_evaluated_on,
    former.stale_since as former_stale_since, former.inhibited_by as former_inhibited_by,
    alert.state = 'resolved' and exists (
        select from hale_data.alert_event as event
        where event.account_id = alert.account_id and event.alert_id = alert.alert_id and event.kind = 'expired'
    ) as is_closed
from hale_data.alert as alert
left join lateral jsonb_to_record(alert.before) as former (
    seen_on date, state text, true_days integer, fired_on date, false_since date, evaluated_on date,
    stale_since date, inhibited_by text) on former.seen_on = alert.evaluated_on
where alert.state in ('pending', 'firing') or alert.state = 'resolved' and alert.resolved_on = $1::date
order by alert.account_id, alert.alert_id
