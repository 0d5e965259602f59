-- Purpose: gives tickets back what an import overwrote, the import that had written them before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.ticket as ticket
set opened_at = image.opened_at, closed_at = image.closed_at, priority = image.priority,
    subject = image.subject, recorded_at = image.recorded_at, import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.ticket, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'ticket'
    and ticket.account_id = image.account_id and ticket.external_id = image.external_id
