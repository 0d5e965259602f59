-- Purpose: the scored accounts of a day that may need somebody's time; whether they do follows from this and from
--   their contracts. Most of a portfolio is not among them.
-- Grain: one row per account, in order of account_id.
-- Parameters: $1 day (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range), $5 days
--   before a decision from which it is prepared (integer); the dated steps of playbooks: $6 what each is counted from
--   (text[]), $7 its first and $8 its last day counted from there (integer[]); $9 days of a quarter (integer), $10
--   whether
--   promoters are looked for (boolean).
-- not null: account_id, external_id, name, capacity_minutes, model_hash, band, score, coverage, has_promoter
select
    account.account_id,
    account.external_id,
    account.name,
    account.segment,
    csm.email as csm,
    coalesce(csm.capacity_minutes, 240) as capacity_minutes,
    health.model_hash,
    health.band,
    health.score,
    health.coverage,
    health.cliff_since, health.decline_since, health.rise_since, health.champion_left_since,
    health.detractor_since,
    customer.started_on,
    promoter.account_id is not null as has_promoter,
    case when formula.rung = 3 then hale_data.dimension_log_odds(
        health.points, model.drivers, formula.dimensions, formula.dimension_slopes) end as dimension_log_odds
from hale_data.health_score as health
join hale_data.model as model on model.model_hash = health.model_hash
left join (
    select calibration.rung, calibration.dimensions, calibration.dimension_slopes
    from hale_data.calibration as calibration
    where calibration.day <= $1::date
    order by calibration.day desc
    limit 1
) as formula on true
join hale_data.account as account on account.account_id = health.account_id
left join hale_data.responsible_csm_on($1::date) as csm
    on csm.account_id = account.account_id and csm.account_id between $2::bigint and $3::bigint
left join (
    select terms.account_id, min(terms.starts_on) as starts_on
    from hale_data.contract_terms_on($1::date) as terms
    group by terms.account_id
) as first_contract
    on first_contract.account_id = account.account_id
    and first_contract.account_id between $2::bigint and $3::bigint
cross join lateral (
    select least(account.created_on, first_contract.starts_on) as started_on
) as customer
left join (
    select distinct response.account_id
    from hale_data.latest_response_on($1::date) as response
    where $10::boolean and response.score >= 9 and response.account_id between $2::bigint and $3::bigint
) as promoter on promoter.account_id = account.account_id
where health.day = $1::date
    and health.run_id in (select run.run_id from hale_data.score_run as run where run.finished_at is not null)
    and health.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
    -- Every reason of HaleDomain's TaskReason, then what people say and what alerts ask for. A contract that is past
    -- due or lapsed has its decision behind it.
    and (
        'notice_given' = any (health.reasons)
        or health.cliff_since is not null
        or health.detractor_since is not null
        or health.champion_left_since is not null
        or health.band = 'red'
        or health.decline_since is not null
        or health.days_to_decision <= $5::integer
        or health.contract_state = 'no_contract'
        or health.band = 'unknown'
        or health.account_id in (select override.account_id from hale_data.override_on($1::date) as override)
        or health.account_id in (
            select alert.account_id
            from hale_data.alert as alert
            where alert.playbook is not null and alert.fired_on <= $1::date
                and (alert.resolved_on is null or alert.resolved_on > $1::date)
                and alert.account_id between $2::bigint and $3::bigint)
        or exists (
            select
            from unnest($6::text[], $7::integer[], $8::integer[]) as step (anchor, first_day, last_day)
            where case step.anchor
                when 'decision' then -health.days_to_decision between step.first_day and step.last_day
                when 'start' then $1::date - customer.started_on between step.first_day and step.last_day
                when 'quarter' then
                    $1::date - customer.started_on >= $9::integer + step.first_day
                    and ($1::date - customer.started_on - step.first_day) % $9::integer
                        <= step.last_day - step.first_day
                else false
            end)
    )
    and health.account_id between $2::bigint and $3::bigint
    and account.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or health.account_id = any ($4::bigint[]))
order by account.account_id
