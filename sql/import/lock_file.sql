-- Purpose: makes imports with the same lock wait for each other, and all of them for an undo or an erasure.
-- Grain: one row. Parameters: $1 lock: the kind, for usage with the file's checksum (text).
select
    pg_advisory_xact_lock_shared(hashtextextended('hale import', 0)) is null as shared,
    pg_advisory_xact_lock(hashtextextended($1::text, 0)) is null as locked
