-- Purpose: which of some accounts ever had usage before a day.
-- Grain: one row per account that had, in order of account_id.
-- Parameters: $1 as of (date), $2 account ids (bigint[]).
-- not null: account_id
select account.account_id
from hale_data.account as account
where account.account_id = any ($2::bigint[])
    and exists (
        select from hale_data.usage_month as month
        where month.account_id = account.account_id
            and month.month < $1::date
            and month.active_days & hale_data.days_mask(month.month, month.month, $1::date) <> 0
    )
order by account.account_id
