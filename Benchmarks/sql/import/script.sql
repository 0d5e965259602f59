-- Purpose: the work of an import of usage as a script for psql: staging as text, then resolving, casting and rolling
--   up by sets. The file is standard input.
set work_mem = '512MB';
set maintenance_work_mem = '512MB';
begin;

create temp table staged (
    line bigint generated always as identity,
    account_id text, person_id text, feature text, occurred_at text, quantity text
) on commit drop;
\copy staged (account_id, person_id, feature, occurred_at, quantity) from pstdin (format csv, header)
analyze staged;

insert into bench.feature (name)
select distinct feature from staged where feature is not null;

insert into bench.person (account_id, external_id)
select key.account_id, known.person_id
from (select distinct account_id, person_id from staged where person_id is not null) as known
join hale_data.account_key as key on key.external_id = known.account_id;
analyze bench.person;

insert into bench.usage_event (
    account_id, day, occurred_at, person_id, feature_id, quantity, recorded_at, import_id, line)
select
    key.account_id,
    (staged.occurred_at::timestamptz at time zone 'UTC')::date,
    staged.occurred_at::timestamptz,
    person.person_id,
    feature.feature_id,
    coalesce(staged.quantity::bigint, 1),
    now(),
    1,
    staged.line
from staged
join hale_data.account_key as key on key.external_id = staged.account_id
left join bench.person as person
    on person.account_id = key.account_id and person.external_id = staged.person_id
left join bench.feature as feature on feature.name = staged.feature;
analyze bench.usage_event;

insert into bench.person_month (account_id, month, person_id, active_days)
select
    account_id, date_trunc('month', day)::date as month, person_id,
    bit_or(1 << extract(day from day)::integer - 1)
from bench.usage_event
where person_id is not null
group by account_id, month, person_id
order by account_id, month, person_id;

insert into bench.feature_month (account_id, month, feature_id, active_days, events, quantity)
select
    account_id, date_trunc('month', day)::date as month, feature_id,
    bit_or(1 << extract(day from day)::integer - 1), count(*), sum(quantity)
from bench.usage_event
where feature_id is not null
group by account_id, month, feature_id
order by account_id, month, feature_id;

insert into bench.usage_month (
    account_id, month, active_days, events, quantity, people, named_events, person_days)
with
by_person as (
    select account_id, day, person_id, count(*) as events, sum(quantity) as quantity
    from bench.usage_event
    group by account_id, day, person_id
),
by_day as (
    select
        account_id, day, sum(events)::integer as events, sum(quantity)::bigint as quantity,
        count(person_id)::integer as people,
        coalesce(sum(events) filter (where person_id is not null), 0)::integer as named_events
    from by_person
    group by account_id, day
),
every_day as (
    select active.account_id, active.month, day::date as day
    from (select distinct account_id, date_trunc('month', day)::date as month from by_day) as active
    cross join lateral generate_series(
        active.month, active.month + interval '1 month - 1 day', interval '1 day') as day
),
person as (
    select account_id, month, string_agg(int8send(person_id) || int4send(active_days), '' order by person_id) as days
    from bench.person_month
    group by account_id, month
)
select
    every_day.account_id,
    every_day.month,
    bit_or(case when by_day.events > 0 then 1 << (every_day.day - every_day.month) else 0 end),
    array_agg(coalesce(by_day.events, 0) order by every_day.day),
    array_agg(coalesce(by_day.quantity, 0) order by every_day.day),
    array_agg(coalesce(by_day.people, 0) order by every_day.day),
    array_agg(coalesce(by_day.named_events, 0) order by every_day.day),
    coalesce(person.days, '')
from every_day
left join by_day on by_day.account_id = every_day.account_id and by_day.day = every_day.day
left join person on person.account_id = every_day.account_id and person.month = every_day.month
group by every_day.account_id, every_day.month, person.days;

commit;
