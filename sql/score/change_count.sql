-- Purpose: how many accounts' facts changed since a run.
-- Grain: one row. Parameters: $1 what the run saw (text of a pg_snapshot).
-- not null: accounts
select count(*) as accounts
from hale_data.account_change as change
join hale_data.account as account on account.account_id = change.account_id
where not pg_visible_in_snapshot(change.changed_by, $1::text::pg_snapshot)
