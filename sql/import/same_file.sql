-- Purpose: the newest import of the same file, if there was one.
-- Grain: one row or none. Parameters: $1 kind, $2 sha256, $3 mapping (text; null = none).
-- not null: import_id, rows_read, rejected, is_newest
select
    receipt.import_id,
    receipt.rows_read,
    receipt.rejected,
    receipt.mapping is not distinct from $3::text
    and not exists (
        select from hale_data.import_receipt as later
        where later.kind = receipt.kind and later.import_id > receipt.import_id
    ) as is_newest
from hale_data.import_receipt as receipt
where receipt.kind = $1::text and receipt.sha256 = $2::text and receipt.finished_at is not null
order by receipt.import_id desc
limit 1
