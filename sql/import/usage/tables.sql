-- Purpose: what a usage import collects until it knows the whole file: people and features first seen,
--   events that carry an id, and what the events without one come to.
create temp table new_person (
    account_id bigint not null, external_id text not null, person_id bigint not null,
    primary key (account_id, external_id)
) on commit drop;
create index new_person_address on new_person (account_id, lower(external_id)) where strpos(external_id, '@') > 0;
create temp table new_feature (name text primary key, feature_id bigint not null) on commit drop;
create temp table identified (
    account_id bigint not null, day date not null, occurred_at timestamptz not null, person_id bigint,
    feature_id bigint, quantity bigint not null, recorded_at timestamptz not null, line bigint not null,
    event_id text not null, raw text
) on commit drop;
create temp table account_month (
    account_id bigint not null, month date not null, active_days integer not null, events integer[] not null,
    quantity bigint[] not null, named_events integer[] not null
) on commit drop;
create temp table person_mask (
    account_id bigint not null, month date not null, person_id bigint not null, active_days integer not null
) on commit drop;
create temp table feature_count (
    account_id bigint not null, month date not null, feature_id bigint not null, active_days integer not null,
    events bigint not null, quantity bigint not null
) on commit drop;
