-- Purpose: today in the organisation's time zone, for commands that are given no day.
-- Grain: one row.
-- not null: today
select hale_data.day_of(now()) as today
