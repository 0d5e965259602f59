-- Purpose: the newest reading of each account by its CSM before a day.
-- Grain: one row per account with one, in order of account_id.
-- Parameters: $1 day (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range).
-- not null: account_id, value, age_days
select distinct on (pulse.account_id)
    pulse.account_id, pulse.value::integer as value, $1::date - hale_data.day_of(pulse.given_at) as age_days
from hale_data.pulse as pulse
where pulse.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or pulse.account_id = any ($4::bigint[]))
    and pulse.given_at < (select hale_data.day_start($1::date))
order by pulse.account_id, pulse.given_at desc, pulse.pulse_id desc
