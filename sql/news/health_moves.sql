-- Purpose: the accounts whose band is another one than on an earlier scored day, or whose score moved far.
-- Grain: one row per account, in order of its id.
-- Parameters: $1 day (date), $2 the earlier day (date), $3 the CSM's e-mail (text; null = all), $4 how far is far
--   (points, double precision).
-- not null: account_id, name, former_band, band, former_score, score
select
    account.external_id as account_id, account.name, shown.former_band, shown.band,
    former.smoothed_score as former_score, health.smoothed_score as score
from hale_data.account as account
left join hale_data.responsible_csm_on($1::date) as csm on csm.account_id = account.account_id
join hale_data.health_score as health on health.account_id = account.account_id and health.day = $1::date
join hale_data.health_score as former
    on former.account_id = account.account_id and former.day = $2::date and former.model_hash = health.model_hash
left join hale_data.override_on($1::date) as override on override.account_id = account.account_id
left join hale_data.override_on($2::date) as former_override on former_override.account_id = account.account_id
cross join lateral (
    select
        hale_data.band_under_override(health.band, health.reasons, override.band) as band,
        hale_data.band_under_override(former.band, former.reasons, former_override.band) as former_band
) as shown
where ($3::text is null or csm.email = lower($3::text))
    and health.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
    and (shown.band <> shown.former_band or abs(health.smoothed_score - former.smoothed_score) >= $4::float8)
order by account.external_id
