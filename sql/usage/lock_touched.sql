-- Purpose: makes writers of the same accounts' packed months wait for each other until the transaction
--   ends. Accounts share 1024 locks, taken in one order, as a server has room for some thousands only.
-- Grain: one row per lock.
select pg_advisory_xact_lock(hashtext('hale usage'), lock_number) is null as locked
from (
    select distinct (account_id % 1024)::integer as lock_number
    from touched
    order by lock_number
) as needed
