-- Purpose: the figures of accounts on a scored day that the facts of their tasks name.
-- Grain: one row per account. Parameters: $1 day (date), $2 account keys (bigint[]).
-- not null: account_id, smoothed_score, coverage
with
model as materialized (
    select
        model.model_hash,
        array_position(model.facts, 'usage_ratio') as usage_ratio,
        array_position(model.facts, 'usage_ratio_7d') as usage_ratio_7d,
        array_position(model.facts, 'silent_business_days') as silent_days,
        array_position(model.facts, 'champion_silent_business_days') as champion_silence,
        array_position(model.facts, 'seat_utilisation') as utilisation,
        array_position(model.facts, 'overdue_days') as overdue
    from hale_data.model as model
    where not model.is_beside
)
select
    health.account_id,
    health.facts[model.usage_ratio] as usage_ratio,
    health.facts[model.usage_ratio_7d] as usage_ratio_7d,
    health.facts[model.silent_days]::integer as silent_business_days,
    health.facts[model.champion_silence]::integer as champion_silent_business_days,
    detractor.score as detractor_score,
    detractor.responded_on as detractor_on,
    case when health.computed_band = 'red' then health.days_in_band::integer end as days_red,
    health.smoothed_score,
    health.smoothed_score - week.smoothed_score as score_change_7d,
    health.facts[model.utilisation] as seat_utilisation,
    health.facts[model.overdue]::integer as overdue_days,
    health.coverage,
    notice.notice_given_on
from hale_data.health_score as health
join model on model.model_hash = health.model_hash
left join hale_data.health_score as week
    on week.account_id = health.account_id and week.day = $1::date - 7 and week.model_hash = health.model_hash
-- Asked of the few accounts whose flag or state calls for it.
left join lateral (
    select latest.score, latest.responded_on
    from (
        select distinct on (response.person_id)
            response.score, hale_data.day_of(response.responded_at) as responded_on
        from hale_data.nps_response as response
        join hale_data.person as person
            on person.account_id = response.account_id and person.person_id = response.person_id
        where health.detractor_since is not null and response.account_id = health.account_id
            and person.role = 'economic_buyer' and response.responded_at < hale_data.day_start($1::date)
        order by response.person_id, response.responded_at desc, response.response_key desc
    ) as latest
    order by latest.score, latest.responded_on desc
    limit 1
) as detractor on true
left join lateral (
    select max(term.notice_on) as notice_given_on
    from hale_data.contract_term_on($1::date) as term
    where 'notice_given' = any (health.reasons) and term.account_id = health.account_id
) as notice on true
where health.day = $1::date
    and health.account_id = any ($2::bigint[])
    and health.run_id in (select run.run_id from hale_data.score_run as run where run.finished_at is not null)
order by health.account_id
