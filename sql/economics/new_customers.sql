-- Purpose: the customers that are new in a period, by the contracts, and what they run at.
-- Grain: one row; the amount is null where one of them has no exchange rate. Parameters: $1 first day, $2 day after the
--   last one, $3 the day seen (date).
-- not null: customers
select
    count(*) filter (where new_minor > 0) as customers,
    case when bool_and(new_minor is not null) is not false then coalesce(sum(new_minor), 0)::bigint
    end as arr_minor
from hale_data.arr_movement_of(array[$1::date], array[$2::date], $3::date)
