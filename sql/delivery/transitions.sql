-- Purpose: events of alerts with what routing asks about; events that nobody is told of are left out.
-- An alert that somebody closed is over for those who were told of it.
-- Grain: one row per event that is a firing or an end. Parameters: $1 accounts (bigint[]), $2 events (bigint[]).
-- not null: account_id, event_id, alert_id, kind, rule, severity, labels, account
select
    event.account_id, event.event_id, event.alert_id,
    case event.kind when 'expired' then 'resolved' else event.kind end as kind, alert.rule, alert.severity,
    alert.labels::text as labels, account.external_id as account, account.segment, csm.email as csm
from unnest($1::bigint[], $2::bigint[]) as wanted (account_id, event_id)
join hale_data.alert_event as event on event.account_id = wanted.account_id and event.event_id = wanted.event_id
join hale_data.alert as alert on alert.account_id = event.account_id and alert.alert_id = event.alert_id
join hale_data.account as account on account.account_id = event.account_id
left join hale_data.csm as csm on csm.csm_id = account.csm_id
where event.kind in ('firing', 'resolved', 'expired')
order by event.event_id
