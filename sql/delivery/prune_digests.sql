-- Purpose: forgets that digests were made long ago. Grain: one row per digest. Parameters: $1 days since then
--   (integer).
delete from hale_data.digest as digest
where digest.day < (now() - $1::integer * interval '1 day')::date
