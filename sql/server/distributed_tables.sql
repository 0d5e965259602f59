-- Purpose: the tables that are spread already. It works where the extension citus is only.
-- Grain: one row per table.
-- not null: name
select format('%I.%I', namespace.nspname, class.relname) as name
from pg_dist_partition as spread
join pg_class as class on class.oid = spread.logicalrelid
join pg_namespace as namespace on namespace.oid = class.relnamespace
where spread.partmethod in ('h', 'n')
