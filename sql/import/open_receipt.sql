-- Purpose: begins a receipt; it is seen only when the import's transaction commits.
-- Grain: one row. Parameters: $1 kind, $2 file name, $3 sha256, $4 source, $5 mapping (text), $6 is history
--   (boolean).
-- not null: import_id
insert into hale_data.import_receipt (kind, file_name, sha256, source, mapping, is_history)
values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::boolean)
returning import_id
