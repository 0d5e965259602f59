-- Purpose: the alerts of which receivers were told, or are being told, that they fire or are over because of a day.
-- Grain: one row per alert. Parameters: $1 day (date).
-- not null: alert_id, messages, newest_kind
select
    event.alert_id, count(*) as messages,
    (array_agg(told.kind order by event.event_id desc))[1] as newest_kind
from hale_data.alert_event as event
join hale_data.outbox as told on told.account_id = event.account_id and told.event_id = event.event_id
where event.day = $1::date and told.delivery_id is not null
group by event.alert_id
order by event.alert_id
