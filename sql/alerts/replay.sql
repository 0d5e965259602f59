-- Purpose: what the conditions of rules were on several days, for every account.
-- Grain: one row per day and account, in order of both. Parameters: $1 days (date[]).
-- Between the marks stands one letter a rule, as in alerts/evaluate.
-- not null: day, account_key, arr, is_scored, met, cleared
select
    asked.day, signal.account_key, signal.arr::float8 as arr, signal.score is not null as is_scored,
    truth.met, truth.cleared
from unnest($1::date[]) as asked (day)
cross join lateral hale.account_signal_on(asked.day) as signal
cross join lateral (
    select /*met*/ ''::text /*end met*/ as met, /*cleared*/ ''::text /*end cleared*/ as cleared
    offset 0
) as truth
order by asked.day, signal.account_key
