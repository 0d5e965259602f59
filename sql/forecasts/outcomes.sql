-- Purpose: frozen forecasts of periods that were over on a day, with what came of their renewals: decided as the facts
--   say, renewed by itself where the contract lives on into another term, lost where it lapsed.
-- Grain: one row per day of forecast and period. Parameters: $1 day (date).
-- not null: day, period, first_on, before_on, contracts, expected_minor, p10_minor, p90_minor, undecided, actual_minor
-- not null: human_contracts, human_model_minor, human_actual_minor
with
renewal as (
    select
        frozen.day, frozen.renewal_on, frozen.arr_minor, frozen.probability, frozen.human_minor,
        case
            when decision.outcome is not null then decision.outcome
            when contract.is_live and contract.renews_on > frozen.renewal_on + 14 then 'renewed'
            when contract.is_open then 'undecided'
            else 'lost'
        end as outcome
    from hale_data.frozen_renewal as frozen
    left join hale_data.contract_on($1::date) as contract
        on contract.account_id = frozen.account_id and contract.contract_id = frozen.contract_id
    -- A renewal date that was corrected by some days is the same renewal.
    left join lateral (
        select decided.outcome
        from hale_data.renewal_decision as decided
        where decided.account_id = frozen.account_id and decided.contract_id = frozen.contract_id
            and abs(decided.renewal_on - frozen.renewal_on) <= 14
            and decided.decided_on <= $1::date
        order by abs(decided.renewal_on - frozen.renewal_on)
        limit 1
    ) as decision on true
)
select
    snapshot.day, snapshot.period, snapshot.first_on, snapshot.before_on, snapshot.contracts, snapshot.expected_minor,
    snapshot.p10_minor, snapshot.p90_minor, snapshot.currency,
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
from hale_data.forecast_snapshot as snapshot
left join renewal
    on renewal.day = snapshot.day
    and renewal.renewal_on >= snapshot.first_on and renewal.renewal_on < snapshot.before_on
where snapshot.frozen_at is not null
    and snapshot.before_on <= $1::date
    and snapshot.contracts > 0
group by snapshot.day, snapshot.period
order by snapshot.day, snapshot.first_on, snapshot.period
