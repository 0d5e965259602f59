-- Purpose: notes that the facts of the touched accounts were changed, by this transaction, so that an incremental
--   score finds them. The last statement of a transaction that changed facts: its rows stay locked to the end.
-- Grain: one row per account.
insert into hale_data.account_change as old (account_id, changed_by)
select distinct account_id, pg_current_xact_id()
from touched_account
order by account_id
on conflict (account_id) do update
set changed_by = excluded.changed_by
