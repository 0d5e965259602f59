-- Purpose: sends a delivery again, with the same webhook-id and body; one that was archived comes back.
-- Grain: one row, none where there is no such delivery. Parameters: $1 delivery (bigint).
-- not null: delivery_id, webhook_id, receiver
with
back as (
    delete from hale_data.delivery_archive as kept
    where kept.delivery_id = $1::bigint
    returning
        kept.delivery_id, kept.webhook_id, kept.receiver_id, kept.kind, kept.group_key, kept.body, kept.attempts,
        kept.recorded_at
),
restored as (
    insert into hale_data.delivery (
        delivery_id, webhook_id, receiver_id, kind, group_key, body, attempts, schedule_start, recorded_at)
    overriding system value
    select
        back.delivery_id, back.webhook_id, back.receiver_id, back.kind, back.group_key, back.body, back.attempts,
        back.attempts, back.recorded_at
    from back
    returning delivery_id, webhook_id, receiver_id
),
again as (
    update hale_data.delivery as delivery
    set state = 'waiting', next_attempt_at = now(), finished_at = null, note = null,
        schedule_start = delivery.attempts
    where delivery.delivery_id = $1::bigint and delivery.lease_token is null
    returning delivery.delivery_id, delivery.webhook_id, delivery.receiver_id
),
sent as (
    select restored.delivery_id, restored.webhook_id, restored.receiver_id from restored
    union all
    select again.delivery_id, again.webhook_id, again.receiver_id from again
)
select sent.delivery_id, sent.webhook_id, receiver.name as receiver
from sent
join hale_data.receiver as receiver on receiver.receiver_id = sent.receiver_id
