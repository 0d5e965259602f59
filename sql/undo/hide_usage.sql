-- Purpose: takes away the raw usage that became known after an instant.
-- Grain: one row per event. Parameters: $1 instant (text).
delete from hale_data.usage_event
where recorded_at > $1::text::timestamptz
