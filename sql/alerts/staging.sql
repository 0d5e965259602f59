-- Purpose: the alerts of a day before they are stored; a new one has no alert_id, and one without a kind had no event.
--   Without severity, labels or annotations it keeps what it has.
create temp table staged_alert (
    number bigint not null,
    account_id bigint not null,
    alert_id bigint,
    rule text not null,
    subject text not null,
    state text not null,
    severity text,
    labels text,
    annotations text,
    playbook text,
    since_on date not null,
    true_days integer not null,
    fired_on date,
    false_since date,
    resolved_on date,
    evaluated_on date not null,
    stale_since date,
    inhibited_by text,
    ends_acknowledgement boolean not null,
    kind text,
    reason text,
    signals text
) on commit drop
