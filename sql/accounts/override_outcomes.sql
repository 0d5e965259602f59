-- Purpose: every override with what was computed when it began and when it was over, and with the renewal that was
--   decided first from its beginning to 90 days after its end. Overrides that never held are left out.
-- Grain: one row per override, newest first. Parameters: $1 day (date).
-- not null: account_id, name, band, starts_on, until_on, reason, set_by, last_on, is_over
with
held as (
    select override.*, least(override.until_on, coalesce(override.ended_on - 1, override.until_on)) as last_on
    from hale_data.band_override as override
    where override.starts_on <= $1::date
)
select
    account.external_id as account_id, account.name, held.band, held.starts_on, held.until_on, held.reason,
    held.set_by, held.last_on, held.last_on < $1::date as is_over,
    first.computed_band as computed_first, last.computed_band as computed_last, decision.outcome, decision.decided_on
from held
join hale_data.account as account on account.account_id = held.account_id
left join lateral (
    select health.computed_band
    from hale_data.health_score as health
    join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
    where health.account_id = held.account_id and health.day <= held.starts_on
    order by health.day desc
    limit 1
) as first on true
-- The first day without it, or the newest before.
left join lateral (
    select health.computed_band
    from hale_data.health_score as health
    join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
    where health.account_id = held.account_id
        and health.day > held.starts_on and health.day <= least(held.last_on + 1, $1::date)
    order by health.day desc
    limit 1
) as last on true
left join lateral (
    select decided.outcome, decided.decided_on
    from hale_data.settled_renewal_on($1::date) as decided
    where decided.account_id = held.account_id
        and decided.decided_on >= held.starts_on and decided.decided_on <= held.last_on + 90
    order by decided.decided_on, decided.contract_id
    limit 1
) as decision on true
where held.last_on >= held.starts_on
order by held.starts_on desc, held.override_id desc
