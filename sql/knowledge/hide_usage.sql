-- Purpose: takes away the raw usage before a day that became known after an instant.
-- Grain: one row per event. Parameters: $1 instant (text), $2 day (date), $3 first day (date; null = all).
delete from hale_data.usage_event
where recorded_at > $1::text::timestamptz and day < $2::date
    and day >= coalesce($3::date, '-infinity')
