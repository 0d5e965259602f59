-- Purpose: takes away the touchpoints that became known after an instant.
-- Grain: one row per touchpoint. Parameters: $1 instant (text).
delete from hale_data.touchpoint
where recorded_at > $1::text::timestamptz
