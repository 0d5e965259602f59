-- Purpose: events of alerts with what routing and the budget ask about; events that nobody is told of are left out.
-- An alert that somebody closed is over for those who were told of it.
-- Grain: one row per event that is a firing or an end. Parameters: $1 accounts (bigint[]), $2 events (bigint[]).
-- not null: account_id, event_id, alert_id, day, kind, rule, severity, labels, account, is_new, is_noise, is_silenced
select
    event.account_id, event.event_id, event.alert_id, event.day,
    case event.kind when 'expired' then 'resolved' else event.kind end as kind, alert.rule, alert.severity,
    alert.labels::text as labels, account.external_id as account, account.segment, csm.email as csm,
    event.kind = 'firing' and alert.announced_on is null as is_new, alert.digest_reason,
    alert.rule in (
        select notice.subject
        from hale_data.alert as notice
        where notice.account_id = 0 and notice.rule = 'RuleNoisy' and notice.state = 'firing'
    ) as is_noise,
    event.kind = 'firing' and hale_data.silenced_until(
        alert.labels, alert.rule, alert.severity, account.external_id, account.segment, csm.email
    ) is not null as is_silenced,
    arr.minor as arr_minor
from unnest($1::bigint[], $2::bigint[]) as wanted (account_id, event_id)
join hale_data.alert_event as event on event.account_id = wanted.account_id and event.event_id = wanted.event_id
join hale_data.alert as alert on alert.account_id = event.account_id and alert.alert_id = event.alert_id
join hale_data.account as account on account.account_id = event.account_id
left join hale_data.responsible_csm_on(hale_data.day_of(now())) as csm on csm.account_id = account.account_id
left join lateral (
    select health.arr_minor as minor
    from hale_data.health_score as health
    where event.kind = 'firing' and health.account_id = event.account_id
        and health.day <= event.day and health.day > event.day - 31
        and health.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
    order by health.day desc
    limit 1
) as arr on true
where event.kind in ('firing', 'resolved', 'expired')
order by event.event_id
