-- Purpose: takes away the terms of contracts that became known after an instant.
-- Grain: one row per version. Parameters: $1 instant (text).
delete from hale_data.contract_version
where recorded_at > $1::text::timestamptz
