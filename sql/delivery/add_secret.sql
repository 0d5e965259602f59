-- Purpose: keeps a new sealed secret; the ones before it end after a while.
-- Grain: one row. Parameters: $1 receiver (bigint), $2 sealed secret (bytea), $3 hours the old ones stay (integer).
-- not null: secret_id
with
ended as (
    update hale_data.receiver_secret as old
    set expires_at = now() + $3::integer * interval '1 hour'
    where old.receiver_id = $1::bigint
        and (old.expires_at is null or old.expires_at > now() + $3::integer * interval '1 hour')
)
insert into hale_data.receiver_secret (receiver_id, sealed)
values ($1::bigint, $2::bytea)
returning secret_id
