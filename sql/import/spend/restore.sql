-- Purpose: gives spend back what an import overwrote, the import that had written it before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.spend as spend
set amount_minor = image.amount_minor, currency = image.currency, recorded_at = image.recorded_at,
    import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.spend, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'spend'
    and spend.month = image.month and spend.channel = image.channel
