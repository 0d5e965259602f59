-- Purpose: lets another connection see what this transaction sees, while it lasts. Grain: one row.
-- not null: snapshot
select pg_export_snapshot() as snapshot
