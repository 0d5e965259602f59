-- Purpose: the renewals of a scored day that are decided soon, by the day of the decision.
-- Grain: one row per account, the nearest decision first.
-- Parameters: $1 day (date), $2 the CSM's e-mail (text; null = all), $3 how many days ahead (integer), $4 the most rows
--   (integer).
-- not null: account_id, name, decision_on, band, arr_minor
select
    account.external_id as account_id, account.name, health.decision_on,
    hale_data.band_under_override(health.band, health.reasons, override.band) as band, health.arr_minor
from hale_data.account as account
left join hale_data.responsible_csm_on($1::date) as csm on csm.account_id = account.account_id
join hale_data.health_score as health on health.account_id = account.account_id and health.day = $1::date
left join hale_data.override_on($1::date) as override on override.account_id = account.account_id
where ($2::text is null or csm.email = lower($2::text))
    and health.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
    and health.contract_state in ('running', 'window_open_unsigned', 'evergreen', 'past_due')
    and health.decision_on between $1::date - hale_data.undecided_days() and $1::date + $3::integer
order by health.decision_on, account.external_id
limit $4::integer
