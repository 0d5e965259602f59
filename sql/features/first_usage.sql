-- Purpose: on which day the usage of some accounts begins.
-- Grain: one row per account with usage before a day, in order of account_id.
-- Parameters: $1 as of (date), $2 account ids (bigint[]).
-- not null: account_id, first_day
select account.account_id, first_usage.day as first_day
from hale_data.account as account
cross join lateral (
    select hale_data.first_active_day(month.month, month.active_days, $1::date) as day
    from hale_data.usage_month as month
    where month.account_id = account.account_id
        and month.month < $1::date
        and month.active_days & hale_data.days_mask(month.month, month.month, $1::date) <> 0
    order by month.month
    limit 1
) as first_usage
where account.account_id = any ($2::bigint[])
order by account.account_id
