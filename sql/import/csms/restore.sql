-- Purpose: gives CSMs back what an import overwrote, the import that had written them before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.csm as csm
set name = image.name, capacity_minutes = image.capacity_minutes, role = image.role, time_zone = image.time_zone,
    locale = image.locale, recorded_at = image.recorded_at, import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.csm, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'csm'
    and csm.csm_id = image.csm_id
