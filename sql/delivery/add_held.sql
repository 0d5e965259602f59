-- Purpose: writes a message that its writer sends itself, under a lease. Grain: one row.
-- Parameters: $1 webhook-id (text), $2 receiver (bigint), $3 kind, $4 group key, $5 body, $6 token (text), $7 seconds
--   of the lease (integer).
-- not null: delivery_id
insert into hale_data.delivery (
    webhook_id, receiver_id, kind, group_key, body, attempts, lease_token, lease_until)
values (
    $1::text, $2::bigint, $3::text, $4::text, $5::text, 1, $6::text, now() + $7::integer * interval '1 second')
returning delivery_id
