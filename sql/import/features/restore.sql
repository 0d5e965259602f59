-- Purpose: gives features back what an import overwrote, the import that had written them before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.feature as feature
set is_key = image.is_key, product = image.product, import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.feature, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'feature'
    and feature.feature_id = image.feature_id
