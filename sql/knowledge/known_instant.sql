-- Purpose: the instant that somebody means by a day, which is its beginning, or by an instant.
-- Grain: one row. Parameters: $1 day or instant (text).
-- not null: instant
select (
    case when length($1::text) = 10 then hale_data.day_start($1::text::date) else $1::text::timestamptz end
)::text as instant
