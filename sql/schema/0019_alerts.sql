-- Alerts, what happened to them, and silences.
-- Why: an alert is a state that lives in rows, so that a restart, a reload of the rules or a second run of a day changes
--   nothing; and everything that happens to one is an event, from which receivers are told.

create table hale_data.alert (
    account_id bigint not null,
    alert_id bigint generated always as identity,
    rule text not null,
    state text not null check (state in ('pending', 'firing', 'resolved')),
    severity text not null check (severity in ('info', 'warning', 'critical')),
    labels jsonb not null,
    annotations jsonb not null,
    since_on date not null,
    true_days integer not null check (true_days >= 0),
    fired_on date,
    false_since date,
    resolved_on date,
    evaluated_on date not null,
    stale_since date,
    acknowledged_by text,
    acknowledged_at timestamptz,
    recorded_at timestamptz not null default now(),
    primary key (account_id, alert_id)
);
create unique index alert_open on hale_data.alert (account_id, rule) where state in ('pending', 'firing');
comment on table hale_data.alert is
    'distributed: alerts, at most one open per account and rule; since_on is the first day of the condition';

create table hale_data.alert_event (
    account_id bigint not null,
    event_id bigint generated always as identity,
    alert_id bigint not null,
    day date not null,
    kind text not null check (kind in ('pending', 'firing', 'resolved', 'dropped', 'stale', 'acknowledged', 'expired')),
    reason text not null,
    signals jsonb,
    recorded_at timestamptz not null default now(),
    primary key (account_id, event_id)
);
create index alert_event_of_alert on hale_data.alert_event (account_id, alert_id);
comment on table hale_data.alert_event is
    'distributed: what happened to an alert and why, append-only; signals are the account''s on that day';

create table hale_data.silence (
    silence_id bigint generated always as identity primary key,
    matchers jsonb not null,
    author text not null,
    reason text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    check (ends_at > starts_at)
);
comment on table hale_data.silence is 'reference: silences; matchers are an object of label, rule or account to value';
