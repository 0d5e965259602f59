-- Purpose: keeps the leases of deliveries that are under way. Grain: one row per delivery still held.
-- Parameters: $1 deliveries (bigint[]), $2 tokens (text[]), $3 seconds of the lease (integer).
-- not null: delivery_id
update hale_data.delivery as delivery
set lease_until = now() + $3::integer * interval '1 second'
from unnest($1::bigint[], $2::text[]) as held (delivery_id, lease_token)
where delivery.delivery_id = held.delivery_id and delivery.lease_token = held.lease_token
returning delivery.delivery_id
