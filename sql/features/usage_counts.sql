-- Purpose: all daily counts of accounts some of whose usage names nobody; a few, or all where nobody is ever named.
-- Grain: one row per account and month, in order of account_id and month.
-- Parameters: $1 as of (date), $2 account ids (bigint[]), $3 first day asked for (date).
-- not null: account_id, month, events, quantity, people, named_events
select account_id, month, events, quantity, people, named_events
from hale_data.usage_month
where month >= date_trunc('month', $3::date)::date and month < $1::date
    and account_id = any ($2::bigint[])
order by account_id, month
