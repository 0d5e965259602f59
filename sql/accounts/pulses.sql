-- Purpose: how people read an account lately, newest first; the day itself counts, for people look at it too.
-- Grain: one row per pulse. Parameters: $1 day (date), $2 account id (text), $3 how many (bigint).
-- not null: value, given_on
select pulse.value, pulse.note, pulse.given_by, hale_data.day_of(pulse.given_at) as given_on
from hale_data.pulse as pulse
join hale_data.account as account on account.account_id = pulse.account_id
where account.external_id = $2::text
    and pulse.given_at < hale_data.day_start($1::date + 1)
order by pulse.given_at desc, pulse.pulse_id desc
limit $3::bigint
