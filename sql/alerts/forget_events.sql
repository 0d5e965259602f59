-- Purpose: takes back what a day made of alerts of which nobody was told: the events, what waits to be told of them,
--   and the alerts that began on it; others are new to receivers again. What people did stays.
-- Grain: one row. Parameters: $1 day (date), $2 alerts of which somebody was told, $3 alerts that go (bigint[]).
-- not null: removed
with
events as (
    delete from hale_data.alert_event as event
    where event.day = $1::date and event.alert_id <> all ($2::bigint[])
        and (
            event.kind not in ('acknowledged', 'expired', 'useful', 'noise') or event.alert_id = any ($3::bigint[]))
    returning event.account_id, event.event_id
),
waiting as (
    delete from hale_data.outbox as waiting
    using hale_data.alert_event as event
    where event.day = $1::date
        and waiting.account_id = event.account_id and waiting.event_id = event.event_id
        and waiting.delivery_id is null
),
new_again as (
    update hale_data.alert as alert
    set announced_on = null, digest_reason = null
    where alert.announced_on = $1::date and alert.alert_id <> all ($2::bigint[])
        and alert.alert_id <> all ($3::bigint[])
),
gone as (
    delete from hale_data.alert as alert
    where alert.alert_id = any ($3::bigint[])
    returning alert.alert_id
)
select count(*) as removed
from gone
