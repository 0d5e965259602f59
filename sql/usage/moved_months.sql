-- Purpose: the months in which raw events lie by the organisation's present time zone.
-- Grain: one row per month, in order.
-- not null: month
select distinct date_trunc('month', occurred_at at time zone zone.name)::date as month
from hale_data.usage_event
cross join (select hale_data.time_zone() as name) as zone
order by month
