-- Purpose: counts and ages of what is to be told, by receiver and state, in messages: a group that waits becomes
--   one.
-- Grain: one row per receiver and state that has any. Parameters: none.
-- not null: receiver, state, messages, oldest_seconds
with
counted as (
    select
        waiting.receiver_id, 'queued' as state, count(distinct waiting.group_id) as messages,
        min(waiting.not_before) as oldest
    from hale_data.outbox as waiting
    where waiting.flushed_at is null
    group by waiting.receiver_id
    union all
    select
        delivery.receiver_id,
        case
            when delivery.state <> 'waiting' then delivery.state
            when delivery.lease_until > now() then 'sending'
            when delivery.attempts > delivery.schedule_start then 'retrying'
            else 'waiting'
        end,
        count(*),
        min(coalesce(delivery.finished_at, delivery.recorded_at))
    from hale_data.delivery as delivery
    group by delivery.receiver_id, 2
)
select
    receiver.name as receiver, counted.state, counted.messages,
    greatest(0, floor(extract(epoch from now() - counted.oldest)))::bigint as oldest_seconds
from counted
join hale_data.receiver as receiver on receiver.receiver_id = counted.receiver_id
order by receiver.name, counted.state
