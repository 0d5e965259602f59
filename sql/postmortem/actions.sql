-- Purpose: what was done for accounts in a range of days: contacts, notes, readings, bands set by hand, alerts that
--   somebody took, and what people did to tasks.
-- Grain: one row per act, in order of account and day. Parameters: $1 accounts (bigint[]), $2 first, $3 last day
--   (date).
-- not null: account_key, day, kind
select done.account_key, done.day, done.kind, done.by_whom, done.detail
from (
    select
        touchpoint.account_id as account_key, hale_data.day_of(touchpoint.occurred_at) as day,
        coalesce(touchpoint.kind, 'contact') as kind, csm.email as by_whom, touchpoint.note as detail
    from hale_data.touchpoint as touchpoint
    left join hale_data.csm as csm on csm.csm_id = touchpoint.csm_id
    where touchpoint.account_id = any ($1::bigint[])
    union all
    select note.account_id, hale_data.day_of(note.noted_at), 'note', note.noted_by, note.note
    from hale_data.account_note as note
    where note.account_id = any ($1::bigint[])
    union all
    select
        pulse.account_id, hale_data.day_of(pulse.given_at), 'pulse', pulse.given_by,
        pulse.value || ' of 5' || coalesce(': ' || pulse.note, '')
    from hale_data.pulse as pulse
    where pulse.account_id = any ($1::bigint[])
    union all
    select
        override.account_id, override.starts_on, 'override', override.set_by,
        override.band || ' until ' || override.until_on || ': ' || override.reason
    from hale_data.band_override as override
    where override.account_id = any ($1::bigint[])
    union all
    select
        alert.account_id, hale_data.day_of(event.recorded_at), 'acknowledged', alert.acknowledged_by,
        alert.rule || ': ' || event.reason
    from hale_data.alert as alert
    join hale_data.alert_event as event
        on event.account_id = alert.account_id and event.alert_id = alert.alert_id and event.kind = 'acknowledged'
    where alert.account_id = any ($1::bigint[])
    union all
    select
        event.account_id, event.day, 'task ' || event.kind, event.by_whom,
        task.title || coalesce(', ' || event.outcome, '') || coalesce(': ' || event.note, '')
    from hale_data.task_event as event
    join hale_data.task as task on task.account_id = event.account_id and task.task_id = event.task_id
    where event.account_id = any ($1::bigint[]) and event.by_whom is not null and event.undone_by is null
) as done
where done.day between $2::date and $3::date
order by done.account_key, done.day, done.kind, done.by_whom, done.detail
