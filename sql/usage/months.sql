-- Purpose: the months that have raw events.
-- Grain: one row per month, in order.
-- not null: month
select distinct date_trunc('month', day)::date as month
from hale_data.usage_event
order by month
