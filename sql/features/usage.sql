-- Purpose: the packed usage of accounts: the days with usage, who was there on which of them, and of the newest months
--   how much it was.
-- Grain: one row per account and month, in order of account_id and month.
-- Parameters: $1 as of (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range), $5
--   first day asked for (date), $6 first day of which the amounts are asked for (date); whole months are returned.
-- not null: account_id, month, active_days, names_all, person_days
select
    account_id, month, active_days, names_all, person_days,
    case when month >= date_trunc('month', $6::date::timestamp)::date then events end as events,
    case when month >= date_trunc('month', $6::date::timestamp)::date then quantity end as quantity
from hale_data.usage_month
where month >= date_trunc('month', $5::date::timestamp)::date and month < $1::date
    and account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or account_id = any ($4::bigint[]))
order by account_id, month
