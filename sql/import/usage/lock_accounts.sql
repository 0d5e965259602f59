-- Purpose: makes concurrent imports of the same accounts wait for each other, in order of account, so that
--   none deadlocks.
-- Grain: one row per account.
select pg_advisory_xact_lock(hashtextextended('hale usage', account_id)) is null as locked
from (
    select distinct key.account_id
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
    order by key.account_id
) as touched
