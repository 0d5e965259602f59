-- Purpose: the receivers that the database knows, with what is known of their state.
-- Grain: one row per receiver, in order of name. Parameters: none.
-- not null: receiver_id, name, state, state_at, secrets
select
    receiver.receiver_id, receiver.name, receiver.definition::text as definition, receiver.state, receiver.state_reason,
    to_char(receiver.state_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as state_at,
    to_char(receiver.failing_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as failing_since,
    to_char(receiver.succeeded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as succeeded_at,
    (
        select count(*)
        from hale_data.receiver_secret as secret
        where secret.receiver_id = receiver.receiver_id and (secret.expires_at is null or secret.expires_at > now())
    ) as secrets
from hale_data.receiver as receiver
order by receiver.name
