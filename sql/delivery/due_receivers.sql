-- Purpose: which of some receivers have a delivery that is due. Grain: one row per receiver.
-- Parameters: $1 receivers (bigint[]), $2 instants (timestamptz[]) and $3 deliveries (bigint[]) up to which each was
--   claimed already: a held snapshot keeps their dead rows, which need not be looked at again.
-- not null: receiver_id
select wanted.receiver_id
from unnest($1::bigint[], $2::timestamptz[], $3::bigint[]) as wanted (receiver_id, claimed_at, claimed_id)
where exists (
    select
    from hale_data.delivery as delivery
    where delivery.receiver_id = wanted.receiver_id and delivery.state = 'waiting'
        and delivery.next_attempt_at <= now()
        and (delivery.next_attempt_at, delivery.delivery_id) > (wanted.claimed_at, wanted.claimed_id)
        and (delivery.lease_until is null or delivery.lease_until <= now()))
