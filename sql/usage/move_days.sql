-- Purpose: puts raw events on the days that their instants have in the organisation's present time zone.
-- Grain: one row per event that moves.
update hale_data.usage_event as event
set day = (event.occurred_at at time zone zone.name)::date
from (select hale_data.time_zone() as name) as zone
where event.day <> (event.occurred_at at time zone zone.name)::date
