-- Purpose: gives deliveries back as if they had not been taken. Grain: one row per delivery still held.
-- Parameters: $1 deliveries (bigint[]), $2 tokens (text[]).
-- not null: delivery_id
update hale_data.delivery as delivery
set lease_token = null, lease_until = null, attempts = delivery.attempts - 1
from unnest($1::bigint[], $2::text[]) as held (delivery_id, lease_token)
where delivery.delivery_id = held.delivery_id and delivery.lease_token = held.lease_token
returning delivery.delivery_id
