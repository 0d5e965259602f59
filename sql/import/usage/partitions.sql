-- Purpose: the months in which usage happened.
-- Grain: one row per month.
-- not null: month
select distinct date_trunc('month', occurred_at::timestamptz at time zone hale_data.time_zone())::date as month
from staged
order by month
