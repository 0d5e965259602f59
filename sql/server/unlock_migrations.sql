-- Purpose: lets the next migrator work.
select pg_advisory_unlock(7203849117) as unlocked
