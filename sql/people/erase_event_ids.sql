-- Purpose: replaces the ids of usage events that mention a person; that an event was counted is not forgotten by
--   its file.
-- Grain: one row per event id. Parameters: $1 account (bigint), $2 pattern of mentions (text).
update hale_data.usage_event_key
set event_id = 'erased ' || gen_random_uuid()
where account_id = $1::bigint and event_id ~* $2::text
