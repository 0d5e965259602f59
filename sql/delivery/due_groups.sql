-- Purpose: takes groups of which something is due to be told, for this transaction.
-- Grain: one row per group that nobody else has. Parameters: $1 the most groups (integer).
-- not null: group_id, receiver, receiver_id, group_key, labels, time_zone, weekday, minute, is_repeat
with
due as (
    select waiting.group_id, false as is_repeat
    from hale_data.outbox as waiting
    where waiting.flushed_at is null and waiting.not_before <= now()
    group by waiting.group_id
    order by min(waiting.not_before)
    limit $1::integer
),
repeated as (
    select told.group_id, true as is_repeat
    from hale_data.alert_group as told
    where told.repeat_at <= now() and told.group_id not in (select due.group_id from due)
    order by told.repeat_at
    limit $1::integer
),
wanted as (
    select due.group_id, due.is_repeat from due
    union all
    select repeated.group_id, repeated.is_repeat from repeated
)
select
    told.group_id, receiver.name as receiver, told.receiver_id, told.group_key, told.labels::text as labels,
    told.active_hours, told.time_zone,
    extract(isodow from now() at time zone told.time_zone)::integer as weekday,
    (extract(hour from now() at time zone told.time_zone) * 60
        + extract(minute from now() at time zone told.time_zone))::integer as minute,
    wanted.is_repeat
from wanted
join hale_data.alert_group as told on told.group_id = wanted.group_id
join hale_data.receiver as receiver on receiver.receiver_id = told.receiver_id
order by told.group_id
limit $1::integer
for no key update of told skip locked
