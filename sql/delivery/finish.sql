-- Purpose: writes how attempts ended; only where the lease is still the worker's own, else nothing.
-- Grain: one row per delivery still held. Parameters: $1 deliveries (bigint[]), $2 tokens, $3 states (text[]),
--   $4 seconds to the next attempt or null (float8[]), $5 milliseconds that it took (integer[]), $6 addresses,
--   $7 phases (text[]), $8 statuses (integer[]), $9 responses, $10 errors (text[]).
-- not null: delivery_id, receiver_id, state
with
outcome as (
    select
        outcome.delivery_id, outcome.lease_token, outcome.state, outcome.delay, outcome.duration, outcome.address,
        outcome.phase, outcome.status, outcome.response, outcome.error
    from unnest(
        $1::bigint[], $2::text[], $3::text[], $4::float8[], $5::integer[], $6::text[], $7::text[], $8::integer[],
        $9::text[], $10::text[]
    ) as outcome (
        delivery_id, lease_token, state, delay, duration, address, phase, status, response, error)
),
finished as (
    update hale_data.delivery as delivery
    set state = outcome.state, lease_token = null, lease_until = null,
        next_attempt_at = coalesce(now() + outcome.delay * interval '1 second', delivery.next_attempt_at),
        finished_at = case when outcome.state <> 'waiting' then now() end,
        note = outcome.error
    from outcome
    where delivery.delivery_id = outcome.delivery_id and delivery.lease_token = outcome.lease_token
    returning
        delivery.delivery_id, delivery.receiver_id, delivery.attempts, delivery.state, delivery.next_attempt_at
),
logged as (
    insert into hale_data.delivery_attempt (
        day, delivery_id, number, receiver_id, started_at, duration_ms, address, phase, status, response, error,
        next_attempt_at)
    select
        (now() at time zone 'UTC')::date, finished.delivery_id, finished.attempts, finished.receiver_id,
        now() - outcome.duration * interval '1 millisecond', outcome.duration, outcome.address, outcome.phase,
        outcome.status, outcome.response, outcome.error,
        case when finished.state = 'waiting' then finished.next_attempt_at end
    from finished
    join outcome on outcome.delivery_id = finished.delivery_id
)
select finished.delivery_id, finished.receiver_id, finished.state
from finished
