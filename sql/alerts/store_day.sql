-- Purpose: stores the staged alerts of a day and what happened to them.
-- Grain: one row per event, in order of their numbers. Parameters: $1 day (date).
-- not null: event_id, account_id, alert_id, rule, subject, kind, severity, labels, is_hidden
with
updated as (
    update hale_data.alert as alert
    set
        state = staged.state, severity = coalesce(staged.severity, alert.severity),
        labels = coalesce(staged.labels::jsonb, alert.labels),
        annotations = coalesce(staged.annotations::jsonb, alert.annotations),
        worded_on = case when staged.annotations is null then alert.worded_on else $1::date end,
        playbook = coalesce(staged.playbook, alert.playbook),
        true_days = staged.true_days, fired_on = staged.fired_on, false_since = staged.false_since,
        resolved_on = staged.resolved_on, evaluated_on = staged.evaluated_on, stale_since = staged.stale_since,
        inhibited_by = staged.inhibited_by,
        before = case
            when staged.evaluated_on > alert.evaluated_on then jsonb_build_object(
                'seen_on', staged.evaluated_on, 'state', alert.state, 'true_days', alert.true_days,
                'fired_on', alert.fired_on, 'false_since', alert.false_since, 'evaluated_on', alert.evaluated_on,
                'stale_since', alert.stale_since, 'inhibited_by', alert.inhibited_by)
            else alert.before
        end,
        acknowledged_by = case when not staged.ends_acknowledgement then alert.acknowledged_by end,
        acknowledged_at = case when not staged.ends_acknowledgement then alert.acknowledged_at end
    from staged_alert as staged
    where alert.account_id = staged.account_id and alert.alert_id = staged.alert_id
    returning
        alert.account_id, alert.alert_id, alert.rule, alert.subject, alert.severity, alert.labels, alert.inhibited_by
),
inserted as (
    insert into hale_data.alert (
        account_id, rule, subject, state, severity, labels, annotations, worded_on, playbook, since_on, true_days,
        fired_on, false_since, resolved_on, evaluated_on, stale_since, inhibited_by)
    select
        account_id, rule, subject, state, coalesce(severity, 'warning'), coalesce(labels, '{}')::jsonb,
        coalesce(annotations, '{}')::jsonb, $1::date, playbook, since_on,
        true_days, fired_on, false_since, resolved_on, evaluated_on, stale_since, inhibited_by
    from staged_alert
    where alert_id is null
    order by number
    returning account_id, alert_id, rule, subject, severity, labels, inhibited_by
),
stored as (
    select account_id, alert_id, rule, subject, severity, labels, inhibited_by from updated
    union all
    select account_id, alert_id, rule, subject, severity, labels, inhibited_by from inserted
),
event as (
    insert into hale_data.alert_event (account_id, alert_id, day, kind, reason, signals)
    select stored.account_id, stored.alert_id, $1::date, staged.kind, staged.reason, staged.signals::jsonb
    from staged_alert as staged
    join stored
        on stored.account_id = staged.account_id and stored.rule = staged.rule and stored.subject = staged.subject
    where staged.kind is not null
    order by staged.number
    returning event_id, account_id, alert_id, kind
)
select
    event.event_id, event.account_id, event.alert_id, stored.rule, stored.subject, event.kind, stored.severity,
    stored.labels::text as labels, stored.inhibited_by is not null as is_hidden
from event
join stored on stored.account_id = event.account_id and stored.alert_id = event.alert_id
order by event.event_id
