-- Purpose: what the conditions of rules are for signals that a test makes up; what it leaves out is null.
-- Grain: one row per element, in their order. Parameters: $1 array of objects of signals (text, JSON).
-- Between the marks stands one letter a rule, as in alerts/evaluate.
-- not null: number, met, cleared, signals
select given.number, truth.met, truth.cleared, to_jsonb(signal)::text as signals
from jsonb_array_elements($1::text::jsonb) with ordinality as given (fields, number)
cross join lateral jsonb_populate_record(null::hale.account_signal, given.fields) as signal
cross join lateral (
    select /*met*/ ''::text /*end met*/ as met, /*cleared*/ ''::text /*end cleared*/ as cleared
    offset 0
) as truth
order by given.number
