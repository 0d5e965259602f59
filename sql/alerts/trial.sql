-- Purpose: what the conditions of rules would be if the scores of some accounts were others.
-- Grain: one row per account given, in order of account_key. Parameters: $1 day (date), $2 array of objects with
--   account_key, is_scored and the signals that are others (text, JSON),
--   $3 accounts for which a condition fails and that are left out (bigint[]; null = none).
-- What compares with earlier days is not known of a trial. Between the marks stands one letter a rule, as in
-- alerts/evaluate.
-- not null: account_key, met, cleared, signals
select signal.account_key, truth.met, truth.cleared, '{}' as signals
from (
    /*signals*/
    select signal.*
    from hale.account_signal_on(/*day*/ $1::date /*end day*/) as known
    join (
        select (element ->> 'account_key')::bigint as account_key, element as fields
        from jsonb_array_elements(/*given*/ $2::text /*end given*/::jsonb) as element
    ) as given on given.account_key = known.account_key
    cross join lateral jsonb_populate_record(
        null::hale.account_signal,
        to_jsonb(known) || given.fields || jsonb_build_object(
            'score_change_7d', null, 'score_change_28d', null,
            'days_red', case when given.fields ->> 'band' = 'red' then greatest(known.days_red, 1) else 0 end,
            'data_missing', known.live_contracts > 0 and not (given.fields ->> 'is_scored')::boolean)
    ) as signal
    /*end signals*/
) as signal
cross join lateral (
    select /*met*/ ''::text /*end met*/ as met, /*cleared*/ ''::text /*end cleared*/ as cleared
    offset 0
) as truth
where $3::bigint[] is null or signal.account_key <> all ($3::bigint[])
order by signal.account_key
