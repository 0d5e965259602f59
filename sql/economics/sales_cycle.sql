-- Purpose: how long it takes from a lead to a customer, by the leads that were won up to a day.
-- Grain: one row; null where none was. Parameters: $1 day (date).
select percentile_cont(0.5) within group (order by lead.won_on - lead.created_on) as days
from hale_data.lead as lead
where lead.won_on < $1::date
