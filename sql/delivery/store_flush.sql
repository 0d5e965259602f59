-- Purpose: writes the deliveries of a flush, with their bodies as they will be sent.
-- Grain: one row per delivery. Parameters: $1 webhook-ids (text[]), $2 receivers (bigint[]), $3 kinds, $4 group keys,
--   $5 bodies (text[]).
-- not null: delivery_id, webhook_id
insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body)
select made.webhook_id, made.receiver_id, made.kind, made.group_key, made.body
from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[])
    as made (webhook_id, receiver_id, kind, group_key, body)
returning delivery_id, webhook_id
