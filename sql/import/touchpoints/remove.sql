-- Purpose: takes back the touchpoints that an import added.
-- Grain: one row per row taken back. Parameters: $1 receipt (bigint).
delete from hale_data.touchpoint
where import_id = $1::bigint
