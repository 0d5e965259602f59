-- Purpose: the holidays that a scored day looks at.
-- Grain: one row per country and day. Parameters: $1 first day, $2 last day (date).
-- not null: country, day
select country, day
from hale_data.holiday
where day >= $1::date and day <= $2::date
order by country, day
