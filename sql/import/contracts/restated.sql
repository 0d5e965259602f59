-- Purpose: how the ARR that an import of contracts wrote compares with what was known: of contracts that were known,
--   with what they ran at before; of new ones, with that of the other live ones.
-- Grain: one row. Parameters: $1 receipt (bigint), $2 day (date).
-- not null: changed, at_twelve_times, at_a_twelfth, added, others
-- At twelve times are those at 10 to 14 times. Medians are in minor units of the reporting currency, of contracts with
-- an ARR and a rate; null where there are none.
with
written as (
    select distinct on (version.account_id, version.contract_id)
        version.account_id, version.contract_id, version.arr_minor, version.currency
    from hale_data.contract_version as version
    where version.import_id = $1::bigint
    order by version.account_id, version.contract_id, version.valid_from desc, version.recorded_at desc
),
compared as (
    select
        written.account_id, written.contract_id, written.arr_minor, written.currency,
        earlier.contract_id is null as is_new,
        case
            when earlier.currency = written.currency and earlier.arr_minor <> written.arr_minor
                then written.arr_minor::numeric / nullif(earlier.arr_minor, 0)
        end as ratio
    from written
    left join lateral (
        select version.contract_id, version.arr_minor, version.currency
        from hale_data.contract_version as version
        where version.account_id = written.account_id and version.contract_id = written.contract_id
            and version.import_id is distinct from $1::bigint
        order by version.valid_from desc, version.recorded_at desc
        limit 1
    ) as earlier on true
),
reporting as materialized (
    select hale_data.reporting_currency() as currency
),
added as (
    select
        count(amount.minor) as contracts,
        percentile_disc(0.5) within group (order by amount.minor) as median_minor
    from compared
    cross join reporting
    cross join lateral (
        select nullif(
            case
                when compared.currency = reporting.currency then compared.arr_minor
                else hale_data.in_reporting_currency(
                    compared.arr_minor, compared.currency, reporting.currency, $2::date)
            end, 0) as minor
        offset 0
    ) as amount
    where compared.is_new
),
others as (
    select
        count(amount.minor) as contracts,
        percentile_disc(0.5) within group (order by amount.minor) as median_minor
    from hale_data.contract_on($2::date) as contract
    cross join reporting
    cross join lateral (
        select nullif(
            case
                when contract.currency = reporting.currency then contract.arr_minor
                else hale_data.in_reporting_currency(
                    contract.arr_minor, contract.currency, reporting.currency, $2::date)
            end, 0) as minor
        offset 0
    ) as amount
    where contract.is_live
        -- Looked up in a hash whatever the planner thinks of how many there are.
        and (contract.account_id, contract.contract_id) not in (select account_id, contract_id from written)
),
restated as (
    select
        count(ratio) as changed,
        count(*) filter (where ratio between 10 and 14) as at_twelve_times,
        count(*) filter (where ratio > 0 and 1 / ratio between 10 and 14) as at_a_twelfth
    from compared
)
select
    restated.changed, restated.at_twelve_times, restated.at_a_twelfth,
    added.contracts as added, added.median_minor as added_median_minor,
    others.contracts as others, others.median_minor as others_median_minor
from restated
cross join added
cross join others
