-- Purpose: begins a receipt, which is seen only when the import's transaction commits, and lets what the transaction
--   inserts be stamped with it.
-- Grain: one row. Parameters: $1 kind, $2 file name, $3 sha256, $4 source, $5 mapping (text), $6 is history
--   (boolean), $7 recipe (text), $8 the receipt whose rejected rows this takes in (bigint, null = none).
-- not null: import_id, stamp
with
opened as (
    insert into hale_data.import_receipt (kind, file_name, sha256, source, mapping, is_history, recipe, replay_of)
    values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::boolean, $7::text::jsonb, $8::bigint)
    returning import_id
)
select import_id, set_config('hale.import_id', import_id::text, true) as stamp
from opened
