-- Purpose: moves delivered messages out of the table that is claimed from. Grain: one row per delivery.
-- Parameters: $1 seconds since they were delivered, $2 the most rows (integer).
with
done as (
    select delivery.delivery_id
    from hale_data.delivery as delivery
    where delivery.state = 'delivered' and delivery.finished_at <= now() - $1::integer * interval '1 second'
    order by delivery.finished_at
    limit $2::integer
    for update skip locked
),
moved as (
    delete from hale_data.delivery as delivery
    using done
    where delivery.delivery_id = done.delivery_id
    returning
        delivery.delivery_id, delivery.webhook_id, delivery.receiver_id, delivery.kind, delivery.group_key,
        delivery.body, delivery.attempts, delivery.recorded_at, delivery.finished_at, delivery.note
)
insert into hale_data.delivery_archive (
    day, delivery_id, webhook_id, receiver_id, kind, group_key, body, attempts, recorded_at, finished_at, note)
select
    (now() at time zone 'UTC')::date, moved.delivery_id, moved.webhook_id, moved.receiver_id, moved.kind,
    moved.group_key, moved.body, moved.attempts, moved.recorded_at, moved.finished_at, moved.note
from moved
