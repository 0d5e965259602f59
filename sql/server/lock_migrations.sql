-- Purpose: lets one migrator work at a time; freed when the session ends.
select pg_advisory_lock(7203849117) is null as locked
