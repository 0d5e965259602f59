-- Receivers of alerts, what is to be sent to them, and what came of it.
-- Why: what happens to an alert and the wish to tell somebody are written in one transaction, so neither exists without
--   the other; a delivery is claimed by its state under a lease with a token, never by a last-seen id, so nothing is
--   skipped and a worker that lost its lease cannot overwrite the work of another.

create table hale_data.receiver (
    receiver_id bigint generated always as identity primary key,
    name text not null unique,
    definition jsonb,
    state text not null default 'active' check (state in ('active', 'paused', 'disabled')),
    state_reason text,
    state_at timestamptz not null default now(),
    failing_since timestamptz,
    succeeded_at timestamptz,
    claimed_by text,
    recorded_at timestamptz not null default now()
);
comment on table hale_data.receiver is
    'local: who is told of alerts, one row per name; without a definition it is one of receivers.yaml';

comment on column hale_data.receiver.claimed_by is 'the worker that claimed deliveries of it last';

create table hale_data.receiver_secret (
    receiver_id bigint not null references hale_data.receiver on delete cascade,
    secret_id bigint generated always as identity,
    sealed bytea not null,
    expires_at timestamptz,
    recorded_at timestamptz not null default now(),
    primary key (receiver_id, secret_id)
);
comment on table hale_data.receiver_secret is
    'local: signing secrets of receivers, encrypted with HALE_SECRET_KEY; the one without an end is the newest';

create table hale_data.alert_group (
    group_id bigint generated always as identity primary key,
    receiver_id bigint not null references hale_data.receiver,
    group_key text not null,
    labels jsonb not null,
    interval_seconds integer not null check (interval_seconds >= 0),
    repeat_seconds integer check (repeat_seconds > 0),
    active_hours text,
    time_zone text not null,
    flushed_at timestamptz,
    repeat_at timestamptz,
    unique (receiver_id, group_key)
);
create index alert_group_repeat on hale_data.alert_group (repeat_at) where repeat_at is not null;
comment on table hale_data.alert_group is
    'local: alerts that one receiver is told of together, one row per receiver and group key';

create table hale_data.outbox (
    outbox_id bigint generated always as identity primary key,
    group_id bigint not null references hale_data.alert_group,
    receiver_id bigint not null references hale_data.receiver,
    account_id bigint not null,
    alert_id bigint not null,
    event_id bigint not null,
    kind text not null check (kind in ('firing', 'resolved')),
    not_before timestamptz not null,
    flushed_at timestamptz,
    delivery_id bigint,
    dropped_reason text,
    unique (receiver_id, account_id, event_id),
    check (flushed_at is null or delivery_id is not null or dropped_reason is not null)
);
create index outbox_due on hale_data.outbox (not_before, group_id) where flushed_at is null;
create index outbox_of_group on hale_data.outbox (group_id) where flushed_at is null;
create index outbox_sent on hale_data.outbox (receiver_id, account_id, alert_id) where delivery_id is not null;
create index outbox_sent_of_group on hale_data.outbox (group_id) where delivery_id is not null and kind = 'firing';
comment on table hale_data.outbox is
    'local: what happened to alerts and is to be told to a receiver, one row per receiver and event';

create table hale_data.delivery (
    delivery_id bigint generated always as identity primary key,
    webhook_id text not null unique,
    receiver_id bigint not null references hale_data.receiver,
    kind text not null check (kind in ('alerts', 'test', 'notice')),
    group_key text not null,
    body text not null,
    state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
    attempts integer not null default 0,
    schedule_start integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    lease_token text,
    lease_until timestamptz,
    recorded_at timestamptz not null default now(),
    finished_at timestamptz,
    note text,
    check ((lease_token is null) = (lease_until is null)),
    check ((state = 'waiting') = (finished_at is null))
) with (fillfactor = 70);
create index delivery_due on hale_data.delivery (receiver_id, next_attempt_at, delivery_id) where state = 'waiting';
create index delivery_leased on hale_data.delivery (receiver_id) where lease_token is not null;
create index delivery_finished on hale_data.delivery (finished_at) where state = 'delivered';
create index delivery_dead on hale_data.delivery (receiver_id, finished_at) where state = 'dead';
comment on table hale_data.delivery is
    'local: messages to receivers that are not delivered yet, or dead, or delivered a moment ago, one row per webhook-id';
comment on column hale_data.delivery.schedule_start is 'attempts before the schedule of retries began anew';

create table hale_data.delivery_archive (
    day date not null,
    delivery_id bigint not null,
    webhook_id text not null,
    receiver_id bigint not null,
    kind text not null,
    group_key text not null,
    body text not null,
    attempts integer not null,
    recorded_at timestamptz not null,
    finished_at timestamptz not null,
    note text,
    primary key (day, delivery_id)
) partition by range (day);
create index delivery_archive_id on hale_data.delivery_archive (delivery_id);
comment on table hale_data.delivery_archive is 'local: delivered messages, in monthly partitions, one row per webhook-id';

create table hale_data.delivery_attempt (
    day date not null,
    delivery_id bigint not null,
    number integer not null,
    receiver_id bigint not null,
    started_at timestamptz not null,
    duration_ms integer,
    address text,
    phase text not null check (phase in ('check', 'dns', 'connect', 'tls', 'request', 'response', 'unknown')),
    status integer,
    response text,
    error text,
    next_attempt_at timestamptz,
    primary key (day, delivery_id, number)
) partition by range (day);
create index delivery_attempt_of_delivery on hale_data.delivery_attempt (delivery_id, number);
create index delivery_attempt_of_receiver on hale_data.delivery_attempt (receiver_id, started_at);
comment on table hale_data.delivery_attempt is
    'local: attempts to deliver, append-only, in monthly partitions, one row per delivery and number';

-- Creates the monthly partition of a table that holds a day, as before, and those of deliveries.
create or replace function hale_data.ensure_month(parent text, day date) returns void
language plpgsql security definer set search_path = hale_data, pg_temp as
$$
declare
    first date := date_trunc('month', day)::date;
    parents text[] := case parent
        when 'usage_event' then array['usage_event', 'usage_month', 'person_month', 'feature_month']
        when 'health_score' then array['health_score']
        when 'delivery_attempt' then array['delivery_attempt', 'delivery_archive']
    end;
    suffix text := '_' || to_char(day, 'YYYY_MM');
    one text;
begin
    if parents is null then
        raise exception 'no monthly partitions for %', parent;
    end if;
    foreach one in array parents loop
        continue when to_regclass('hale_data.' || one || suffix) is not null;
        perform pg_advisory_xact_lock(hashtext('hale partition ' || parent));
        -- Asked of the catalogue itself: what to_regclass remembers of before the wait may be out of date.
        continue when exists (
            select from pg_catalog.pg_class as class
            where class.relname = one || suffix and class.relnamespace = 'hale_data'::regnamespace);
        execute format('create table hale_data.%I (like hale_data.%I including all)', one || suffix, one);
        execute format(
            'alter table hale_data.%I attach partition hale_data.%I for values from (%L) to (%L)',
            one, one || suffix, first, (first + interval '1 month')::date);
    end loop;
end
$$;

-- Drops the months of deliveries and attempts that end before a day; returns how many tables went.
-- Runs as the owner, so that the service needs no right to drop tables.
create function hale_data.drop_delivery_months(keep_from date) returns integer
language plpgsql security definer set search_path = hale_data, pg_temp as
$$
declare
    one text;
    dropped integer := 0;
begin
    for one in
        select child.relname
        from pg_catalog.pg_inherits as inherited
        join pg_catalog.pg_class as child on child.oid = inherited.inhrelid
        join pg_catalog.pg_class as parent on parent.oid = inherited.inhparent
        where parent.relnamespace = 'hale_data'::regnamespace
            and parent.relname in ('delivery_attempt', 'delivery_archive')
            and child.relname ~ '_[0-9]{4}_[0-9]{2}$'
            and to_date(right(child.relname, 7), 'YYYY_MM') + interval '1 month' <= keep_from
    loop
        execute format('drop table hale_data.%I', one);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;
