-- Purpose: makes imports of the same file wait for each other. Parameters: $1 kind and checksum (text).
select pg_advisory_xact_lock(hashtextextended($1::text, 0)) is null as locked
