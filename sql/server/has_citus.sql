-- Purpose: whether the extension that spreads tables over several nodes is there. Grain: one row.
-- not null: has_citus
select exists (select from pg_extension where extname = 'citus') as has_citus
