-- Purpose: the packed usage of accounts: the days with usage, and who was there on which of them.
-- Grain: one row per account and month, in order of account_id and month.
-- Parameters: $1 as of (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range), $5
--   first day asked for (date); whole months are returned.
-- not null: account_id, month, active_days, names_all, person_days
select account_id, month, active_days, names_all, person_days
from hale_data.usage_month
where month >= date_trunc('month', $5::date::timestamp)::date and month < $1::date
    and account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or account_id = any ($4::bigint[]))
order by account_id, month
