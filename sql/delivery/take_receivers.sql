-- Purpose: notes which worker claims from receivers, and counts what is under way of them, whoever has it. The count
--   looks at every lease of late, so a worker asks only where it did not claim last or others still have some.
-- Grain: one row per receiver. Parameters: $1 receivers (bigint[]), $2 worker (text).
-- not null: receiver_id, leased
with
taken as (
    update hale_data.receiver as receiver
    set claimed_by = $2::text
    where receiver.receiver_id = any ($1::bigint[]) and receiver.claimed_by is distinct from $2::text
)
select
    wanted.receiver_id,
    (
        select count(*)
        from hale_data.delivery as delivery
        where delivery.receiver_id = wanted.receiver_id and delivery.lease_token is not null
            and delivery.lease_until > now()
    ) as leased
from unnest($1::bigint[]) as wanted (receiver_id)
