-- Purpose: waits until no import is going on, and lets none begin until the transaction ends.
-- Grain: one row.
select pg_advisory_xact_lock(hashtextextended('hale import', 0)) is null as locked
