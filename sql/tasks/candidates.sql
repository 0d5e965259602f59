-- Purpose: every scored account of a day with its open contracts, from which its task follows.
-- Grain: one row per account.
-- Parameters: $1 day (date), $2 e-mail of a CSM (text; null = all).
-- not null: account_id, external_id, name, has_contracts, capacity_minutes, band, score, coverage,
-- not null: contract_ids, contract_names, contract_arr,
-- not null: contract_renews_on, contract_evergreen, contract_notice_days, contract_auto_renew, contract_notice_given,
-- not null: contract_signed, contract_live
with
open_contracts as (
    select
        contract.account_id,
        array_agg(contract.contract_id order by contract.contract_id) as ids,
        array_agg(known.external_id order by contract.contract_id) as names,
        array_agg(
            hale_data.in_reporting_currency(
                contract.arr_minor, contract.currency, hale_data.reporting_currency(), $1::date)
            order by contract.contract_id) as arr,
        array_agg(contract.renews_on order by contract.contract_id) as renews_on,
        array_agg(contract.is_evergreen order by contract.contract_id) as evergreen,
        array_agg(contract.notice_days order by contract.contract_id) as notice_days,
        array_agg(contract.auto_renew order by contract.contract_id) as auto_renew,
        array_agg(contract.notice_given order by contract.contract_id) as notice_given,
        array_agg(contract.signed order by contract.contract_id) as signed,
        array_agg(contract.is_live order by contract.contract_id) as live
    from hale_data.contract_on($1::date) as contract
    join hale_data.contract as known
        on known.account_id = contract.account_id and known.contract_id = contract.contract_id
    where contract.is_open
    group by contract.account_id
)
select
    account.account_id,
    account.external_id,
    account.name,
    account.segment,
    csm.email as csm,
    coalesce(csm.capacity_minutes, 240) as capacity_minutes,
    health.band,
    health.score,
    health.coverage,
    health.cliff_since, health.decline_since, health.rise_since, health.champion_left_since,
    health.detractor_since,
    task.task_id,
    known_contract.account_id is not null as has_contracts,
    hale_data.reporting_currency() as currency,
    hale_data.minor_digits(hale_data.reporting_currency()) as minor_digits,
    coalesce(open_contracts.ids, '{}') as contract_ids,
    coalesce(open_contracts.names, '{}') as contract_names,
    coalesce(open_contracts.arr, '{}') as contract_arr,
    coalesce(open_contracts.renews_on, '{}') as contract_renews_on,
    coalesce(open_contracts.evergreen, '{}') as contract_evergreen,
    coalesce(open_contracts.notice_days, '{}') as contract_notice_days,
    coalesce(open_contracts.auto_renew, '{}') as contract_auto_renew,
    coalesce(open_contracts.notice_given, '{}') as contract_notice_given,
    coalesce(open_contracts.signed, '{}') as contract_signed,
    coalesce(open_contracts.live, '{}') as contract_live
from hale_data.health_score as health
join hale_data.score_run as run on run.run_id = health.run_id and run.finished_at is not null
join hale_data.account as account on account.account_id = health.account_id
left join hale_data.csm as csm on csm.csm_id = account.csm_id
left join hale_data.task as task
    on task.account_id = account.account_id
    and task.opened_on <= $1::date and (task.closed_on is null or task.closed_on > $1::date)
left join open_contracts on open_contracts.account_id = account.account_id
left join (select distinct contract.account_id from hale_data.contract as contract) as known_contract
    on known_contract.account_id = account.account_id
where health.day = $1::date
    and ($2::text is null or csm.email = lower($2::text))
order by account.external_id
