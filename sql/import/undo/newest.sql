-- Purpose: the import of a kind that can be undone: the newest one that is not undone yet.
-- Grain: one row or none. Parameters: $1 kind (text), $2 days for which an import can be undone (integer).
-- not null: import_id, is_too_old
select
    receipt.import_id,
    receipt.started_at < now() - make_interval(days => $2::integer) as is_too_old
from hale_data.import_receipt as receipt
where receipt.kind = $1::text and receipt.finished_at is not null and receipt.undone_at is null
order by receipt.import_id desc
limit 1
