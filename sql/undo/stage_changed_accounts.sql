-- Purpose: names the changed accounts as a file would.
-- Grain: one row per account.
insert into staged (account_id)
select account.external_id
from touched_account
join hale_data.account as account on account.account_id = touched_account.account_id
