-- Purpose: what the transaction sees. Grain: one row.
-- not null: snapshot
select pg_current_snapshot()::text as snapshot
