-- Purpose: frozen forecasts of periods that were over on a day, with what came of their renewals.
-- Grain: one row per day of forecast and period. Parameters: $1 day (date).
-- not null: day, period, first_on, before_on, contracts, expected_minor, p10_minor, p90_minor, undecided, actual_minor
-- not null: human_contracts, human_model_minor, human_actual_minor
with
renewal as (
    select
        kept.day, kept.renewal_on, kept.arr_minor, kept.probability, kept.human_minor,
        coalesce(decision.outcome, 'undecided') as outcome
    from hale_data.frozen_renewal as kept
    -- A renewal date that was corrected by some days is the same renewal.
    left join lateral (
        select decided.outcome
        from hale_data.settled_renewal_on($1::date) as decided
        where decided.account_id = kept.account_id and decided.contract_id = kept.contract_id
            and abs(decided.renewal_on - kept.renewal_on) <= 14
        order by abs(decided.renewal_on - kept.renewal_on)
        limit 1
    ) as decision on true
)
select
    frozen.day, frozen.period, frozen.first_on, frozen.before_on, frozen.contracts, frozen.expected_minor,
    frozen.p10_minor, frozen.p90_minor, frozen.currency,
    count(*) filter (where renewal.outcome = 'undecided') as undecided,
    coalesce(sum(renewal.arr_minor) filter (where renewal.outcome = 'renewed'), 0)::bigint as actual_minor,
    count(renewal.human_minor) as human_contracts,
    sum(renewal.human_minor)::bigint as human_minor,
    coalesce(
        sum(renewal.arr_minor * renewal.probability) filter (where renewal.human_minor is not null), 0)
        as human_model_minor,
    coalesce(
        sum(renewal.arr_minor)
            filter (where renewal.human_minor is not null and renewal.outcome = 'renewed'), 0)::bigint
        as human_actual_minor
from hale_data.frozen_forecast as frozen
left join renewal
    on renewal.day = frozen.day
    and renewal.renewal_on >= frozen.first_on and renewal.renewal_on < frozen.before_on
where frozen.before_on <= $1::date
    and frozen.contracts > 0
group by frozen.day, frozen.period
order by frozen.day, frozen.first_on, frozen.period
