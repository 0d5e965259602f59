-- Purpose: drops mentions of a person in what people say of the account: reasons of overrides, pulses and notes.
-- Grain: one row per text changed. Parameters: $1 account (bigint), $2 pattern of mentions (text).
with
overrides as (
    update hale_data.band_override
    set reason = regexp_replace(reason, $2::text, '[erased]', 'gi'),
        set_by = regexp_replace(set_by, $2::text, '[erased]', 'gi'),
        ended_by = regexp_replace(ended_by, $2::text, '[erased]', 'gi')
    where account_id = $1::bigint and (reason ~* $2::text or set_by ~* $2::text or ended_by ~* $2::text)
    returning account_id
),
pulses as (
    update hale_data.pulse
    set note = regexp_replace(note, $2::text, '[erased]', 'gi'),
        given_by = regexp_replace(given_by, $2::text, '[erased]', 'gi')
    where account_id = $1::bigint and (note ~* $2::text or given_by ~* $2::text)
    returning account_id
),
notes as (
    update hale_data.account_note
    set note = regexp_replace(note, $2::text, '[erased]', 'gi'),
        noted_by = regexp_replace(noted_by, $2::text, '[erased]', 'gi')
    where account_id = $1::bigint and (note ~* $2::text or noted_by ~* $2::text)
    returning account_id
)
select account_id from overrides
union all
select account_id from pulses
union all
select account_id from notes
