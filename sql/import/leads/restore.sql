-- Purpose: gives leads back what an import overwrote, the import that had written them before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.lead as lead
set created_on = image.created_on, channel = image.channel, qualified_on = image.qualified_on, won_on = image.won_on,
    recorded_at = image.recorded_at, import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.lead, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'lead' and lead.lead_id = image.lead_id
