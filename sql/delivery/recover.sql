-- Purpose: sends again what was given up since an instant, tests left out. Grain: one row per delivery.
-- Parameters: $1 receiver (text), $2 instant (text).
-- not null: delivery_id
with
dead as (
    select delivery.delivery_id
    from hale_data.delivery as delivery
    join hale_data.receiver as receiver on receiver.receiver_id = delivery.receiver_id
    where receiver.name = $1::text and delivery.state = 'dead' and delivery.kind <> 'test'
        and delivery.finished_at >= $2::text::timestamptz
),
again as (
    update hale_data.delivery as delivery
    set state = 'waiting', next_attempt_at = now(), finished_at = null, note = null,
        schedule_start = delivery.attempts
    from dead
    where delivery.delivery_id = dead.delivery_id
)
select dead.delivery_id
from dead
order by dead.delivery_id
