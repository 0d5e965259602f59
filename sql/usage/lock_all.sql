-- Purpose: waits for imports of usage that are going on, lets none begin, and makes whoever packs usage of any
--   account wait, all until the transaction ends.
-- Grain: one row per lock.
select pg_advisory_xact_lock(hashtext('hale usage'), lock_number) is null as locked
from generate_series(-1, 1023) as lock_number
order by lock_number
