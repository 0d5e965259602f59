-- Purpose: what is still to be told, in messages: one for each group that has something in the outbox, and those that
--   are made and wait to be sent.
-- Grain: one row per receiver for which anything waits, in order of name. Parameters: none.
-- not null: receiver_id, name, groups, alerts, messages
with
grouped as (
    select waiting.receiver_id, waiting.group_id, count(*) as alerts, min(waiting.not_before) as due_at
    from hale_data.outbox as waiting
    where waiting.flushed_at is null
    group by waiting.receiver_id, waiting.group_id
),
queued as (
    select
        grouped.receiver_id, count(*) as groups, sum(grouped.alerts)::bigint as alerts,
        min(grouped.due_at) as first_at, max(grouped.due_at) as last_at
    from grouped
    group by grouped.receiver_id
),
made as (
    select delivery.receiver_id, count(*) as messages, min(delivery.next_attempt_at) as first_at
    from hale_data.delivery as delivery
    where delivery.state = 'waiting'
    group by delivery.receiver_id
)
select
    receiver.receiver_id, receiver.name, coalesce(queued.groups, 0) as groups, coalesce(queued.alerts, 0) as alerts,
    to_char(queued.first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as groups_first_at,
    to_char(queued.last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as groups_last_at,
    coalesce(made.messages, 0) as messages,
    to_char(made.first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as messages_first_at
from hale_data.receiver as receiver
left join queued on queued.receiver_id = receiver.receiver_id
left join made on made.receiver_id = receiver.receiver_id
where queued.receiver_id is not null or made.receiver_id is not null
order by receiver.name
