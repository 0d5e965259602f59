-- Purpose: the customers that are new in a period, by the contracts, and what they run at.
-- Grain: one row. Parameters: $1 first day, $2 day after the last one, $3 the day seen (date).
-- not null: customers
select
    count(*) filter (where new_minor > 0) as customers,
    coalesce(sum(new_minor), 0)::bigint as arr_minor
from hale_data.arr_movement_of(array[$1::date], array[$2::date], $3::date)
