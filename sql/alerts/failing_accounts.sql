-- Purpose: the accounts that alerts/try_conditions found. Grain: one row per account, in order of account_key.
-- not null: account_key, account_id
select signal.account_key, signal.account_id
from hale.account_signal as signal
where signal.account_key = any (current_setting('hale.failing_accounts')::bigint[])
order by signal.account_key
