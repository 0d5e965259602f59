-- Purpose: forgets what earlier imports of a kind overwrote, once nobody may undo them any more.
-- Grain: one row per image forgotten. Parameters: $1 kind (text), $2 days for which an import can be undone (integer).
delete from hale_data.import_change as change
using hale_data.import_receipt as receipt
where receipt.import_id = change.import_id
    and receipt.kind = $1::text
    and receipt.started_at < now() - make_interval(days => $2::integer)
