-- Purpose: what waits in groups, and for a repetition what was told and still fires; with all that a message says.
-- Grain: one row per outbox row, in order of group and alert. Parameters: $1 groups (bigint[]), $2 which of them are
--   repetitions (boolean[]), $3 the most rows (integer).
-- not null: group_id, outbox_id, account_id, alert_id, kind, is_repeat, was_told, rule, state, severity, labels,
-- not null: annotations, since_on, is_acknowledged, account, starts_at
with
chosen as (
    select wanted.group_id, wanted.is_repeat, waiting.outbox_id
    from unnest($1::bigint[], $2::boolean[]) as wanted (group_id, is_repeat)
    join hale_data.outbox as waiting on waiting.group_id = wanted.group_id and waiting.flushed_at is null
    where not wanted.is_repeat
    union all
    (
        select distinct on (wanted.group_id, told.account_id, told.alert_id)
            wanted.group_id, wanted.is_repeat, told.outbox_id
        from unnest($1::bigint[], $2::boolean[]) as wanted (group_id, is_repeat)
        join hale_data.alert_group as repeated on repeated.group_id = wanted.group_id and repeated.repeat_at <= now()
        join hale_data.outbox as told
            on told.group_id = wanted.group_id and told.delivery_id is not null and told.kind = 'firing'
        join hale_data.alert as alert
            on alert.account_id = told.account_id and alert.alert_id = told.alert_id and alert.state = 'firing'
            and alert.inhibited_by is null
        where wanted.is_repeat
        order by wanted.group_id, told.account_id, told.alert_id, told.outbox_id desc
    )
)
select
    chosen.group_id, chosen.outbox_id, item.account_id, item.alert_id, item.kind, chosen.is_repeat,
    exists (
        select from hale_data.outbox as told
        where told.receiver_id = item.receiver_id and told.account_id = item.account_id
            and told.alert_id = item.alert_id and told.kind = 'firing' and told.delivery_id is not null
    ) as was_told,
    alert.rule, alert.state, alert.severity, alert.labels::text as labels, alert.annotations::text as annotations,
    alert.since_on, alert.acknowledged_at is not null as is_acknowledged, account.external_id as account,
    to_char(began.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as starts_at,
    to_char(greatest(resolved.at, began.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as ends_at,
    ceil(extract(epoch from hale_data.silenced_until(
        alert.labels, alert.rule, alert.severity, account.external_id, account.segment, csm.email) - now()))::integer
        as silent_seconds
from chosen
join hale_data.outbox as item on item.outbox_id = chosen.outbox_id
join hale_data.alert as alert on alert.account_id = item.account_id and alert.alert_id = item.alert_id
join hale_data.account as account on account.account_id = item.account_id
left join hale_data.responsible_csm_on(hale_data.day_of(now())) as csm on csm.account_id = account.account_id
-- An alert begins and ends with a day, however late that day was scored; a person closes one at an instant.
left join lateral (
    select event.day
    from hale_data.alert_event as event
    where event.account_id = item.account_id and event.alert_id = item.alert_id and event.kind = 'firing'
    order by event.event_id desc
    limit 1
) as fired on alert.fired_on is null
cross join lateral (
    select coalesce(hale_data.day_start(coalesce(alert.fired_on, fired.day)), alert.recorded_at) as at
) as began
left join lateral (
    select case when event.kind = 'expired' then event.recorded_at else hale_data.day_start(event.day) end as at
    from hale_data.alert_event as event
    where event.account_id = item.account_id and event.alert_id = item.alert_id
        and event.kind in ('resolved', 'expired')
    order by event.event_id desc
    limit 1
) as resolved on alert.state = 'resolved'
order by chosen.group_id, item.account_id, item.alert_id, chosen.outbox_id
limit $3::integer
