-- Purpose: makes whoever packs usage of the same accounts wait, in order of account, so that none deadlocks.
-- Grain: one row per account.
select pg_advisory_xact_lock(hashtextextended('hale usage', account_id)) is null as locked
from (select distinct account_id from touched order by account_id) as waiting
