-- Purpose: takes back the tickets that an import added.
-- Grain: one row per row taken back. Parameters: $1 receipt (bigint).
delete from hale_data.ticket
where import_id = $1::bigint
