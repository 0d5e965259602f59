-- Purpose: writes that receivers are to be told of events, and the groups that they are told in. An event of a group
--   that waits already goes with it; one of a group that was told lately waits for the interval.
-- Grain: one row per event and receiver that is new.
-- Parameters: $1 receivers, $2 group keys, $3 labels of the groups (JSON, text[]), $4 seconds that a new group waits,
--   $5 seconds between two messages, $6 seconds to a repetition or null (integer[]), $7 active hours or null,
--   $8 time zones (text[]), $9 accounts, $10 alerts, $11 events (bigint[]), $12 kinds (text[]).
-- not null: outbox_id
with
told as (
    select
        receiver.receiver_id, told.group_key, told.labels, told.wait_seconds, told.interval_seconds,
        told.repeat_seconds, told.active_hours, told.time_zone, told.account_id, told.alert_id, told.event_id, told.kind
    from unnest(
        $1::text[], $2::text[], $3::text[], $4::integer[], $5::integer[], $6::integer[], $7::text[], $8::text[],
        $9::bigint[], $10::bigint[], $11::bigint[], $12::text[]
    ) as told (
        receiver, group_key, labels, wait_seconds, interval_seconds, repeat_seconds, active_hours, time_zone,
        account_id, alert_id, event_id, kind)
    join hale_data.receiver as receiver on receiver.name = told.receiver
),
grouped as (
    insert into hale_data.alert_group as old (
        receiver_id, group_key, labels, interval_seconds, repeat_seconds, active_hours, time_zone)
    select distinct on (told.receiver_id, told.group_key)
        told.receiver_id, told.group_key, told.labels::jsonb, told.interval_seconds, told.repeat_seconds,
        told.active_hours, told.time_zone
    from told
    order by told.receiver_id, told.group_key
    on conflict (receiver_id, group_key) do update
    set labels = excluded.labels, interval_seconds = excluded.interval_seconds,
        repeat_seconds = excluded.repeat_seconds, active_hours = excluded.active_hours,
        time_zone = excluded.time_zone
    returning old.group_id, old.receiver_id, old.group_key, old.flushed_at
)
insert into hale_data.outbox (group_id, receiver_id, account_id, alert_id, event_id, kind, not_before)
select
    grouped.group_id, told.receiver_id, told.account_id, told.alert_id, told.event_id, told.kind,
    coalesce(
        (
            select min(waiting.not_before)
            from hale_data.outbox as waiting
            where waiting.group_id = grouped.group_id and waiting.flushed_at is null
        ),
        greatest(
            now() + told.wait_seconds * interval '1 second',
            grouped.flushed_at + told.interval_seconds * interval '1 second'))
from told
join grouped on grouped.receiver_id = told.receiver_id and grouped.group_key = told.group_key
order by told.event_id
on conflict (receiver_id, account_id, event_id) do nothing
returning outbox_id
