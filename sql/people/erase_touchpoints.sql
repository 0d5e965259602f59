-- Purpose: drops the notes of touchpoints with a person, and mentions of the person in other notes; the touchpoints
--   stay.
-- Grain: one row per touchpoint. Parameters: $1 account, $2 person (bigint), $3 pattern of mentions (text).
update hale_data.touchpoint
set note = case when person_id = $2::bigint then null
        else regexp_replace(note, $3::text, '[erased]', 'gi') end,
    touchpoint_key = case when touchpoint_key ~* $3::text then 'erased ' || gen_random_uuid() else touchpoint_key end
where account_id = $1::bigint
    and (
        (person_id = $2::bigint and note is not null)
        or note ~* $3::text or touchpoint_key ~* $3::text)
