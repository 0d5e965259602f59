-- Alerts, what happened to them, the standing of their rules, and silences.
-- Why: an alert is a state that lives in rows, so that a restart, a reload of the rules or a second run of a day changes
--   nothing; and everything that happens to one is an event, from which receivers are told.

-- The newest day of a month's active days before a day; null when there is none. The signals ask it for every month of
-- every account: 388,000 logarithms of numerics took 4 s. Half a bit more lies between two powers of two, so the
-- logarithm of a double is never on the wrong side of a whole number.
create or replace function hale_data.last_active_day(month date, active_days integer, before date) returns date
language sql immutable as
$$
    select case
        when active_days & hale_data.days_mask(month, month, before) = 0 then null
        else month + floor(
            ln((active_days & hale_data.days_mask(month, month, before))::float8 + 0.5) / ln(2::float8))::integer
    end
$$;

create table hale_data.alert (
    account_id bigint not null,
    alert_id bigint generated always as identity,
    rule text not null,
    subject text not null default '',
    state text not null check (state in ('pending', 'firing', 'resolved')),
    severity text not null check (severity in ('info', 'warning', 'critical')),
    labels jsonb not null,
    annotations jsonb not null,
    playbook text,
    since_on date not null,
    true_days integer not null check (true_days >= 0),
    fired_on date,
    false_since date,
    resolved_on date,
    evaluated_on date not null,
    stale_since date,
    inhibited_by text,
    acknowledged_by text,
    acknowledged_at timestamptz,
    recorded_at timestamptz not null default now(),
    primary key (account_id, alert_id)
);
create unique index alert_open on hale_data.alert (account_id, rule, subject) where state in ('pending', 'firing');
create index alert_number on hale_data.alert (alert_id);
create index alert_of_state on hale_data.alert (state) where state in ('pending', 'firing');
comment on table hale_data.alert is
    'distributed: alerts, at most one open per account, rule and subject; since_on is the first day of the condition';
comment on column hale_data.alert.account_id is 'the account; 0 for an alert about a rule, which is about no account';
comment on column hale_data.alert.subject is 'what an alert about a rule is about: the rule''s name; else empty';
comment on column hale_data.alert.stale_since is 'the last day on which the condition was known; null while it is';
comment on column hale_data.alert.inhibited_by is 'the firing rule that hides it; null for none';

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

create table hale_data.alert_rule (
    rule text primary key,
    first_evaluated_on date not null,
    evaluated_on date not null,
    held_since date,
    released_by text,
    released_at timestamptz,
    recorded_at timestamptz not null default now()
);
comment on table hale_data.alert_rule is
    'reference: where each rule stands, one row per rule that was ever evaluated; held_since is the fleet guard''s';

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
