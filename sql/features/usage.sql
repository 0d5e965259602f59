-- Purpose: the packed usage of accounts: days with usage, and people a day in the months that are counted.
-- Grain: one row per account and month, in order of account_id and month.
-- Parameters: $1 as of (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range), $5
--   first day whose activity is asked for, $6 first day whose counts are asked for (date).
-- not null: account_id, month, active_days, names_all
select
    account_id,
    month,
    active_days & hale_data.days_mask(month, $5::date, $1::date) as active_days,
    -- An array costs 1.1 µs to send, as much as the rest of the row three times: only what is counted is sent.
    case when month >= date_trunc('month', $6::date::timestamp)::date then people end as people,
    events = named_events as names_all
from hale_data.usage_month
where month >= date_trunc('month', $5::date::timestamp)::date and month < $1::date
    and account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or account_id = any ($4::bigint[]))
order by account_id, month
