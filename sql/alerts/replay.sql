-- Purpose: what the conditions of rules were on several days, for every account.
-- Grain: one row per day and account, in order of both; arr is null without an exchange rate.
-- Parameters: $1 days (date[]), $2 accounts for which a condition fails and of which nothing is told (bigint[]; null =
--   none), $3 whether renewal chances are asked for (boolean).
-- Between the marks stands one letter a rule, as in alerts/evaluate; null for the accounts of $2.
-- not null: day, account_key, is_scored
select
    asked.day, signal.account_key, signal.arr::float8 as arr, signal.score is not null as is_scored,
    truth.met, truth.cleared
from unnest($1::date[]) as asked (day)
cross join lateral hale.account_signal_on(asked.day, $3::boolean) as signal
left join lateral (
    select /*met*/ ''::text /*end met*/ as met, /*cleared*/ ''::text /*end cleared*/ as cleared
    where $2::bigint[] is null or signal.account_key <> all ($2::bigint[])
    offset 0
) as truth on true
order by asked.day, signal.account_key
