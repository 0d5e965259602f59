-- Purpose: takes back the raw usage that an import added, and the event ids it brought.
-- Grain: one row per event id taken back. Parameters: $1 receipt (bigint).
with
removed as (
    delete from hale_data.usage_event
    where import_id = $1::bigint
)
delete from hale_data.usage_event_key
where import_id = $1::bigint
