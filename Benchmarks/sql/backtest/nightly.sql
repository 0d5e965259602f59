-- Purpose: the same usage as if each day's had been imported early the next morning, so that on every day some is
--   not known yet.
update hale_data.usage_event
set recorded_at = day + interval '30 hours'
where recorded_at <> day + interval '30 hours';
