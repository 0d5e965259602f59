-- Purpose: every account. Grain: one row per account, in order of account_id.
-- not null: account_id
select account_id
from hale_data.account
order by account_id
