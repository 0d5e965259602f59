-- Purpose: marks an import as undone, and drops its rejected rows and what it had overwritten.
-- Grain: one row. Parameters: $1 receipt (bigint).
with
rejects as (
    delete from hale_data.import_reject
    where import_id = $1::bigint
),
changes as (
    delete from hale_data.import_change
    where import_id = $1::bigint
)
update hale_data.import_receipt
set undone_at = now()
where import_id = $1::bigint
