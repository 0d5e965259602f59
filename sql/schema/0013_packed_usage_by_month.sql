-- Packed usage lies in monthly partitions, as raw usage does, and an account's month holds the days of its people.
-- Why: every night reads the newest months only, and a primary key that begins with the account led through all months
--   ever kept: with three years of history that is nine times the rows. And a night asks of an account's people who was
--   there on which days: as one value beside the counts that is one row where it was one for each person (100,000
--   accounts of 10 people: accounts, usage and champions took 3.3 s of processor time to read before, 1.2 s after).
--   person_month stays what imports add to.

alter table hale_data.usage_month rename to usage_month_whole;
alter table hale_data.person_month rename to person_month_whole;
alter table hale_data.feature_month rename to feature_month_whole;
alter index hale_data.usage_month_pkey rename to usage_month_whole_pkey;
alter index hale_data.person_month_pkey rename to person_month_whole_pkey;
alter index hale_data.feature_month_pkey rename to feature_month_whole_pkey;

create table hale_data.usage_month (
    account_id bigint not null,
    month date not null,
    active_days integer not null,
    events integer[] not null,
    quantity bigint[] not null,
    people integer[] not null,
    named_events integer[] not null,
    names_all boolean not null generated always as (events = named_events) stored,
    person_days bytea not null,
    primary key (account_id, month)
) partition by range (month);
-- Read whole or not at all: compressing costs more than it saves.
alter table hale_data.usage_month alter column person_days set storage external;
comment on table hale_data.usage_month is
    'distributed: cache of usage_event, one row per account and month; arrays have one entry per day of the month';
comment on column hale_data.usage_month.active_days is 'bit k is set when day k + 1 of the month has an event';
comment on column hale_data.usage_month.names_all is 'whether every event names a person';
comment on column hale_data.usage_month.person_days is
    'a copy of person_month: for each person in order of id 8 bytes of person_id and 4 of active_days, big-endian';

create table hale_data.person_month (
    account_id bigint not null,
    person_id bigint not null,
    month date not null,
    active_days integer not null,
    primary key (account_id, person_id, month)
) partition by range (month);
comment on table hale_data.person_month is
    'distributed: cache of usage_event, one row per person and month; bit k is set when day k + 1 has an event';

create table hale_data.feature_month (
    account_id bigint not null,
    feature_id bigint not null,
    month date not null,
    active_days integer not null,
    events bigint not null,
    quantity bigint not null,
    primary key (account_id, feature_id, month)
) partition by range (month);
comment on table hale_data.feature_month is
    'distributed: cache of usage_event, one row per account, feature and month; bit k is set when day k + 1 has an event';

-- Creates the monthly partition of a table that holds a day, if it is not there; with raw usage those of packed usage.
-- Runs as the owner, so that the service needs no right to create tables.
create or replace function hale_data.ensure_month(parent text, day date) returns void
language plpgsql security definer set search_path = hale_data, pg_temp as
$$
declare
    first date := date_trunc('month', day)::date;
    parents text[] := case parent
        when 'usage_event' then array['usage_event', 'usage_month', 'person_month', 'feature_month']
        when 'health_score' then array['health_score']
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

select hale_data.ensure_month('usage_event', month)
from (
    select month from hale_data.usage_month_whole
    union
    select date_trunc('month', day)::date from hale_data.usage_event
) as known;

insert into hale_data.usage_month (
    account_id, month, active_days, events, quantity, people, named_events, person_days)
select
    month.account_id, month.month, month.active_days, month.events, month.quantity, month.people, month.named_events,
    coalesce(person.days, '')
from hale_data.usage_month_whole as month
left join (
    select account_id, month, string_agg(int8send(person_id) || int4send(active_days), '' order by person_id) as days
    from hale_data.person_month_whole
    group by account_id, month
) as person on person.account_id = month.account_id and person.month = month.month
order by month.account_id, month.month;
insert into hale_data.person_month (account_id, person_id, month, active_days)
select account_id, person_id, month, active_days
from hale_data.person_month_whole
order by account_id, person_id, month;
insert into hale_data.feature_month (account_id, feature_id, month, active_days, events, quantity)
select account_id, feature_id, month, active_days, events, quantity
from hale_data.feature_month_whole
order by account_id, feature_id, month;

drop table hale_data.usage_month_whole;
drop table hale_data.person_month_whole;
drop table hale_data.feature_month_whole;

-- Counts one of the tables that were never counted or are twice as large as when they were, so that statements after a
-- first load are planned for what is there; returns its name, null when there is none. One a call, so that no
-- transaction holds the locks of two. Runs as the owner, who alone may.
-- Raw usage is left to the server: no nightly statement reads it. Partitioned tables the server never counts by itself.
create function hale_data.refresh_statistics() returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    stale text := (
        select class.oid::regclass::text
        from pg_class as class
        where class.relnamespace = 'hale_data'::regnamespace
            and class.relname !~ '^usage_event'
            and (
                (class.relkind = 'r' and pg_relation_size(class.oid) > 2 * 8192 * greatest(class.relpages, 4))
                or (
                    class.relkind = 'p' and class.reltuples < 0
                    and exists (
                        select from pg_partition_tree(class.oid) as leaf
                        where leaf.isleaf and pg_relation_size(leaf.relid) > 0)
                )
            )
        order by class.relname
        limit 1
    );
begin
    if stale is not null then
        execute format('analyze %s', stale);
    end if;
    return stale;
end
$$;
