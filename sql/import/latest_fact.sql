-- Purpose: the day of an import and the instant at which the day after it is over; no fact can be of a later one.
-- Grain: one row. Parameters: $1 the day (date; null = today in the organisation's time zone).
-- not null: today, ends_at
select given.today, hale_data.day_start(given.today + 2) as ends_at
from (select coalesce($1::date, hale_data.day_of(now())) as today) as given
