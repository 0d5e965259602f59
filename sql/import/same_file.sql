-- Purpose: the newest import of the same file, if there was one.
-- Grain: one row or none. Parameters: $1 kind, $2 sha256 (text).
-- not null: import_id, rows_read, rejected
select import_id, rows_read, rejected
from hale_data.import_receipt
where kind = $1::text and sha256 = $2::text and finished_at is not null
order by import_id desc
limit 1
