-- Purpose: for which accounts the conditions of rules hold on some days, all of them in one pass over the signals.
-- Grain: one row per day and account for which a condition holds, or that was asked for, in order of both.
-- Parameters: $1 days (date[]), $2 accounts with an open alert (bigint[]; null = all accounts are asked for),
--   $3 accounts for which a condition fails and that are left out (bigint[]; null = none), $4 whether renewal chances
--   are asked for (boolean), $5 of each account of $2 a letter a rule: t where its alert is firing, else f (text[]).
-- Between the marks stands one letter a rule: t, f or u for unknown, of its condition and of what clears it, and the
-- signals that are shown, where a condition is another one than on the day before. The conditions passed the guard, and
-- the role that evaluates them can read nothing else.
-- not null: day, account_key, met, cleared
select asked.day, signal.account_key, truth.met, truth.cleared, shown.signals
from unnest($1::date[]) as asked (day)
cross join lateral hale.account_signal_on(asked.day, $4::boolean) as signal
left join unnest($2::bigint[], $5::text[]) as open (open_account, firing) on open.open_account = signal.account_key
cross join lateral (
    select /*met*/ ''::text /*end met*/ as met, /*cleared*/ ''::text /*end cleared*/ as cleared
    offset 0
) as truth
left join lateral (
    select to_jsonb(named)::text as signals
    from (select /*shown*/ signal.account_id /*end shown*/) as named
    where truth.met is distinct from open.firing
) as shown on true
where ($3::bigint[] is null or signal.account_key <> all ($3::bigint[]))
    and ($2::bigint[] is null or strpos(truth.met, 't') > 0 or open.open_account is not null)
order by asked.day, signal.account_key
