-- Purpose: gives exchange rates back what an import overwrote, the import that had written them before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.fx_rate as fx_rate
set rate = image.rate, import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.fx_rate, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'fx_rate'
    and fx_rate.day = image.day and fx_rate.currency = image.currency
