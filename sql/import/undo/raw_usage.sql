-- Purpose: how many raw events of an import are still there.
-- Grain: one row. Parameters: $1 receipt (bigint).
-- not null: events
select count(*) as events
from hale_data.usage_event
where import_id = $1::bigint
