-- Purpose: which of some receivers have a delivery that is due. Grain: one row per receiver.
-- Parameters: $1 receivers (bigint[]).
-- not null: receiver_id
select wanted.receiver_id
from unnest($1::bigint[]) as wanted (receiver_id)
where exists (
    select
    from hale_data.delivery as delivery
    where delivery.receiver_id = wanted.receiver_id and delivery.state = 'waiting'
        and delivery.next_attempt_at <= now()
        and (delivery.lease_until is null or delivery.lease_until <= now()))
