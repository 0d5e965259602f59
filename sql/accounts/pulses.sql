-- Purpose: how people read an account lately, newest first, and until when that counts by the account's model; the day
--   itself counts, for people look at it too.
-- Grain: one row per pulse. Parameters: $1 day (date), $2 account id (text), $3 how many (bigint).
-- not null: value, given_on, valid_until
select
    pulse.value, pulse.note, pulse.given_by, hale_data.day_of(pulse.given_at) as given_on,
    hale_data.day_of(pulse.given_at) + model.sentiment_valid_days as valid_until
from hale_data.pulse as pulse
join hale_data.account as account on account.account_id = pulse.account_id
left join hale_data.account_model_on($1::date) as other on other.account_id = pulse.account_id
join hale_data.model_on($1::date) as model on model.number = coalesce(other.number, 1)
where account.external_id = $2::text
    and pulse.given_at < hale_data.day_start($1::date + 1)
order by pulse.given_at desc, pulse.pulse_id desc
limit $3::bigint
