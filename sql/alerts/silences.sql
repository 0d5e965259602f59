-- Purpose: the silences, those in force and those that begin later first. Grain: one row per silence.
-- Parameters: $1 whether those that ended belong to it (boolean).
-- not null: silence_id, matchers, author, reason, starts_at, ends_at, is_in_force
select
    silence_id, matchers::text as matchers, author, reason, starts_at::text as starts_at, ends_at::text as ends_at,
    starts_at <= now() and ends_at > now() as is_in_force
from hale_data.silence
where $1::boolean or ends_at > now()
order by ends_at <= now(), silence_id
