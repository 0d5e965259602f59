-- Purpose: takes due deliveries under a lease, the longest due first. One whose lease has run out is due at once; that
--   its attempt came to no end is written down.
-- Grain: one row per delivery. Parameters: $1 receivers (bigint[]), $2 how many more of each are taken (integer[]),
--   $3 instants (timestamptz[]) and $4 deliveries (bigint[]) up to which each was claimed already, $5 token, $6 seconds
--   of the lease (integer).
-- not null: delivery_id, receiver_id, webhook_id, kind, body, attempts, retries, is_failing, is_unmarked
-- not null: next_attempt_at
with
due as (
    select waiting.delivery_id, waiting.lease_token, waiting.lease_until
    from unnest($1::bigint[], $2::integer[], $3::timestamptz[], $4::bigint[])
        as wanted (receiver_id, places, claimed_at, claimed_id)
    cross join lateral (
        select delivery.delivery_id, delivery.lease_token, delivery.lease_until
        from hale_data.delivery as delivery
        where delivery.receiver_id = wanted.receiver_id and delivery.state = 'waiting'
            and delivery.next_attempt_at <= now()
            and (delivery.next_attempt_at, delivery.delivery_id) > (wanted.claimed_at, wanted.claimed_id)
            and (delivery.lease_until is null or delivery.lease_until <= now())
        order by delivery.next_attempt_at, delivery.delivery_id
        limit wanted.places
        for update skip locked
    ) as waiting
),
taken as (
    update hale_data.delivery as delivery
    set attempts = delivery.attempts + 1, lease_token = $5::text,
        lease_until = now() + $6::integer * interval '1 second'
    from due
    where delivery.delivery_id = due.delivery_id
    returning
        delivery.delivery_id, delivery.receiver_id, delivery.webhook_id, delivery.kind, delivery.body,
        delivery.attempts, delivery.attempts - delivery.schedule_start - 1 as retries, delivery.next_attempt_at,
        due.lease_token as lost_token, due.lease_until as lost_at
),
lost as (
    insert into hale_data.delivery_attempt (
        day, delivery_id, number, receiver_id, started_at, phase, error, next_attempt_at)
    select
        (now() at time zone 'UTC')::date, taken.delivery_id, taken.attempts - 1, taken.receiver_id, taken.lost_at,
        'unknown', 'the worker did not say how it ended', now()
    from taken
    where taken.lost_token is not null
)
select
    taken.delivery_id, taken.receiver_id, taken.webhook_id, taken.kind, taken.body, taken.attempts, taken.retries,
    taken.next_attempt_at,
    receiver.failing_since is not null as is_failing,
    coalesce(receiver.succeeded_at < now() - interval '1 minute', true) as is_unmarked
from taken
join hale_data.receiver as receiver on receiver.receiver_id = taken.receiver_id
order by taken.next_attempt_at, taken.delivery_id
