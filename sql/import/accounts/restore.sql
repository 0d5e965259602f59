-- Purpose: gives accounts back what an import overwrote, the import that had written them before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.account as account
set name = image.name, segment = image.segment, lifecycle_stage = image.lifecycle_stage,
    country = image.country, industry = image.industry, csm_id = image.csm_id,
    parent_account_id = image.parent_account_id, created_on = image.created_on,
    recorded_at = image.recorded_at, import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.account, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'account'
    and account.account_id = image.account_id
