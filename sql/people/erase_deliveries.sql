-- Purpose: drops mentions of a person in messages to receivers, waiting or kept, and in what was answered.
-- Grain: one row per text changed. Parameters: $1 pattern of mentions (text).
with
messages as (
    update hale_data.delivery
    set body = regexp_replace(body, $1::text, '[erased]', 'gi'),
        group_key = regexp_replace(group_key, $1::text, '[erased]', 'gi')
    where body ~* $1::text or group_key ~* $1::text
    returning delivery_id
),
kept as (
    update hale_data.delivery_archive
    set body = regexp_replace(body, $1::text, '[erased]', 'gi'),
        group_key = regexp_replace(group_key, $1::text, '[erased]', 'gi')
    where body ~* $1::text or group_key ~* $1::text
    returning delivery_id
),
answers as (
    update hale_data.delivery_attempt
    set response = regexp_replace(response, $1::text, '[erased]', 'gi')
    where response ~* $1::text
    returning delivery_id
)
select delivery_id from messages
union all
select delivery_id from kept
union all
select delivery_id from answers
