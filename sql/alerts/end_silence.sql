-- Purpose: ends a silence now. Grain: one row or none. Parameters: $1 number (bigint).
-- not null: silence_id
update hale_data.silence
set ends_at = greatest(now(), starts_at + interval '1 microsecond')
where silence_id = $1::bigint and ends_at > now()
returning silence_id
