-- Purpose: lets one migrator work at a time, until the transaction ends.
select pg_advisory_xact_lock(7203849117) is null as locked
