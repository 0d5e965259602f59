-- Purpose: takes back the NPS responses that an import added.
-- Grain: one row per row taken back. Parameters: $1 receipt (bigint).
delete from hale_data.nps_response
where import_id = $1::bigint
