-- Purpose: how many accounts the CSMs can look after in a month: half an hour each on 21 working days.
-- Grain: one row.
-- not null: contacts
select coalesce(sum(capacity_minutes), 0)::bigint * 21 / 30 as contacts
from hale_data.csm
