-- Purpose: notes of receivers whether they answered; one that was given up on for long enough without a success, or
--   says that it is gone, is stopped.
-- Grain: one row per receiver that is stopped by this. Parameters: $1 receivers that answered, $2 that did not, $3 that
--   are gone (bigint[]), $4 seconds without a success after which one is paused (integer).
-- not null: receiver_id, name, state, state_reason
with
answered as (
    update hale_data.receiver as receiver
    set failing_since = null, succeeded_at = now()
    where receiver.receiver_id = any ($1::bigint[]) and receiver.receiver_id <> all ($3::bigint[])
),
failed as (
    update hale_data.receiver as receiver
    set failing_since = coalesce(receiver.failing_since, now())
    where receiver.receiver_id = any ($2::bigint[])
        and receiver.receiver_id <> all ($1::bigint[]) and receiver.receiver_id <> all ($3::bigint[])
        and receiver.failing_since is null
),
stopped as (
    update hale_data.receiver as receiver
    set state = case when receiver.receiver_id = any ($3::bigint[]) then 'disabled' else 'paused' end,
        state_at = now(),
        state_reason = case
            when receiver.receiver_id = any ($3::bigint[]) then 'answered 410 Gone'
            else 'no success since ' || to_char(receiver.failing_since at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
                || ' UTC, and every retry of a message used up'
        end
    where receiver.state = 'active'
        and (
            receiver.receiver_id = any ($3::bigint[])
            or (
                receiver.receiver_id = any ($2::bigint[]) and receiver.receiver_id <> all ($1::bigint[])
                and receiver.failing_since <= now() - $4::integer * interval '1 second'
                and exists (
                    select from hale_data.delivery as dead
                    where dead.receiver_id = receiver.receiver_id and dead.state = 'dead' and dead.kind <> 'test'
                        and dead.finished_at >= receiver.failing_since)
            )
        )
    returning receiver.receiver_id, receiver.name, receiver.state, receiver.state_reason
)
select stopped.receiver_id, stopped.name, stopped.state, stopped.state_reason
from stopped
