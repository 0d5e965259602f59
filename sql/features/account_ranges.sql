-- Purpose: the accounts cut into ranges of their keys, so that a day is worked off in bounded pieces.
-- Grain: one row per range. Parameters: $1 accounts in a range (bigint).
-- not null: first_account, last_account, accounts
select min(account_id) as first_account, max(account_id) as last_account, count(*) as accounts
from (
    select account_id, (row_number() over (order by account_id) - 1) / $1::bigint as range
    from hale_data.account
) as numbered
group by range
order by range
