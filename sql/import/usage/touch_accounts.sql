-- Purpose: the accounts of the touched months. Grain: one row per account.
insert into touched_account (account_id)
select distinct account_id
from touched
