-- Purpose: takes back the exchange rates that an import added.
-- Grain: one row per row taken back. Parameters: $1 receipt (bigint).
delete from hale_data.fx_rate
where import_id = $1::bigint
