-- Purpose: the migrations applied so far.
-- Grain: one row per migration.
-- not null: number, name, checksum
select number, name, checksum
from hale_data.schema_migration
order by number
