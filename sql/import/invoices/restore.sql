-- Purpose: gives invoices back what an import overwrote, the import that had written them before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.invoice as invoice
set due_on = image.due_on, paid_on = image.paid_on, amount_minor = image.amount_minor,
    currency = image.currency, recorded_at = image.recorded_at, import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.invoice, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'invoice'
    and invoice.account_id = image.account_id and invoice.external_id = image.external_id
