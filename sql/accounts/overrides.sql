-- Purpose: bands that people set, newest first.
-- Grain: one row per override. Parameters: $1 day (date), $2 account ids (text[]; null = all), $3 whether those that do
--   not hold on the day are wanted too (boolean).
-- not null: account_id, name, band, starts_on, until_on, reason, set_by, is_in_force
select
    account.external_id as account_id, account.name, account.segment, csm.email as csm, override.band,
    override.starts_on, override.until_on, override.reason, override.set_by, override.ended_on, override.ended_by,
    active.override_id is not null as is_in_force, health.computed_band,
    hale_data.band_under_override(health.band, health.reasons, active.band) as shown_band
from hale_data.band_override as override
join hale_data.account as account on account.account_id = override.account_id
left join hale_data.responsible_csm_on($1::date) as csm on csm.account_id = account.account_id
left join hale_data.override_on($1::date) as active
    on active.account_id = override.account_id and active.override_id = override.override_id
left join hale_data.health_score as health
    on health.account_id = override.account_id and health.day = $1::date
where override.starts_on <= $1::date
    and ($3::boolean or active.override_id is not null)
    and ($2::text[] is null or account.external_id = any ($2::text[]))
order by override.starts_on desc, override.override_id desc
