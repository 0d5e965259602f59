-- Purpose: forgets alerts that ended up to a day, with what happened to them; what still waits to be told stays.
-- Grain: one row. Parameters: $1 the newest day of ends that are forgotten (date).
-- not null: alerts
with
forgotten as (
    delete from hale_data.alert as alert
    where alert.state = 'resolved' and alert.resolved_on <= $1::date
        and not exists (
            select from hale_data.outbox as waiting
            where waiting.flushed_at is null
                and waiting.account_id = alert.account_id and waiting.alert_id = alert.alert_id)
    returning alert.account_id, alert.alert_id
),
events as (
    delete from hale_data.alert_event as event
    using forgotten
    where event.account_id = forgotten.account_id and event.alert_id = forgotten.alert_id
)
select count(*) as alerts
from forgotten
