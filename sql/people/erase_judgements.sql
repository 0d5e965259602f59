-- Purpose: drops mentions of a person in what people say of the account: reasons of overrides, pulses, notes, covers,
--   alerts, tasks and forecasts, and in all silences.
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
),
covers as (
    update hale_data.account_cover
    set set_by = regexp_replace(set_by, $2::text, '[erased]', 'gi')
    where account_id = $1::bigint and set_by ~* $2::text
    returning account_id
),
alerts as (
    update hale_data.alert
    set acknowledged_by = regexp_replace(acknowledged_by, $2::text, '[erased]', 'gi')
    where account_id = $1::bigint and acknowledged_by ~* $2::text
    returning account_id
),
events as (
    update hale_data.alert_event
    set reason = regexp_replace(reason, $2::text, '[erased]', 'gi')
    where account_id = $1::bigint and reason ~* $2::text
    returning account_id
),
forecasts as (
    update hale_data.forecast_entry
    set note = regexp_replace(note, $2::text, '[erased]', 'gi'),
        entered_by = regexp_replace(entered_by, $2::text, '[erased]', 'gi')
    where account_id = $1::bigint and (note ~* $2::text or entered_by ~* $2::text)
    returning account_id
),
tasks as (
    update hale_data.task
    set title = regexp_replace(title, $2::text, '[erased]', 'gi'),
        reasons = regexp_replace(reasons::text, $2::text, '[erased]', 'gi')::text[],
        facts = regexp_replace(facts::text, $2::text, '[erased]', 'gi')::text[]
    where account_id = $1::bigint and (title ~* $2::text or reasons::text ~* $2::text or facts::text ~* $2::text)
    returning account_id
),
task_events as (
    update hale_data.task_event
    set note = regexp_replace(note, $2::text, '[erased]', 'gi'),
        by_whom = regexp_replace(by_whom, $2::text, '[erased]', 'gi')
    where account_id = $1::bigint and (note ~* $2::text or by_whom ~* $2::text)
    returning account_id
),
silences as (
    update hale_data.silence
    set reason = regexp_replace(reason, $2::text, '[erased]', 'gi'),
        author = regexp_replace(author, $2::text, '[erased]', 'gi')
    where reason ~* $2::text or author ~* $2::text
    returning $1::bigint as account_id
)
select account_id from overrides
union all
select account_id from pulses
union all
select account_id from notes
union all
select account_id from covers
union all
select account_id from alerts
union all
select account_id from events
union all
select account_id from silences
union all
select account_id from forecasts
union all
select account_id from tasks
union all
select account_id from task_events
