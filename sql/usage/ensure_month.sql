-- Purpose: makes the partition of a month if it is missing. Parameters: $1 table (text), $2 a day of the
--   month (date).
select hale_data.ensure_month($1::text, $2::date) is null as ensured
