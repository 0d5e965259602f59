-- Purpose: takes away the pulses that became known after an instant.
-- Grain: one row per pulse. Parameters: $1 instant (text).
delete from hale_data.pulse
where recorded_at > $1::text::timestamptz
