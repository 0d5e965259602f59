-- Purpose: the packed usage of the 90 days before a day, without raw events. About half of all person-days are
--   active. Of 100 accounts 3 never had usage, 5 fall silent for the last 14 days, 10 decline and 5 rise in the last
--   28. An active person-day has 1, 2 or 3 events, always the same for a person, each of quantity 1.
-- Months are filled one after another, as imports would, so rows do not lie in order of account.
-- Variables: accounts, as_of. After: hashes.sql, accounts.sql.
set work_mem = '256MB';
-- The order of the joins is the order of the rows.
set join_collapse_limit = 1;

create temp table month as
select
    month::date as month,
    hale_data.days_mask(month::date, :'as_of'::date - 90, :'as_of'::date) as window_days,
    hale_data.days_mask(month::date, :'as_of'::date - 28, :'as_of'::date) as recent_days,
    hale_data.days_mask(month::date, :'as_of'::date - 14, :'as_of'::date) as last_days,
    (
        select bit_or(case when extract(isodow from month + day * interval '1 day') < 6 then 1 << day else 0 end)
        from generate_series(0, 30) as day
    ) as weekdays,
    hale_data.month_length(month::date) as length,
    row_number() over (order by month)::integer as number
from generate_series(
    date_trunc('month', :'as_of'::date - 90), :'as_of'::date - 1, interval '1 month') as month;

select hale_data.ensure_month('usage_event', month) from month \g /dev/null

-- Each bit of three hashes is a coin for one day: weekdays have 5 chances in 8, weekend days 1.
insert into hale_data.person_month (account_id, month, person_id, active_days)
select account_id, month, person_id, active_days
from (
    select
        person.account_id,
        month.month,
        person.person_id,
        month.window_days
        & ((month.weekdays & (coin.first | (coin.second & coin.third))) | (coin.first & coin.second & coin.third))
        & case
            when kind < 0.03 then 0
            when kind < 0.08 then ~month.last_days
            when kind < 0.18 then ~month.recent_days | coin.second
            when kind < 0.23 then month.recent_days | coin.third
            else -1
        end as active_days
    from month
    cross join lateral (
        select
            1 + (number - 1) / 10 as account_id,
            number as person_id,
            pg_temp.share(1 + (number - 1) / 10, 5) as kind
        from generate_series(1::bigint, :accounts * 10) as number
        where month.month is not null
    ) as person
    cross join lateral (
        select
            pg_temp.bits(person.person_id, 100 + month.number) as one,
            pg_temp.bits(person.person_id, 200 + month.number) as other
    ) as hash
    cross join lateral (
        select
            (hash.one & 2147483647)::integer as first,
            (hash.one >> 32 & 2147483647)::integer as second,
            (hash.other & 2147483647)::integer as third
    ) as coin
) as made
where active_days <> 0;

-- One sum a day of the month: written out, this takes a tenth of the time of unpacking the days into rows.
insert into hale_data.usage_month (
    account_id, month, active_days, events, quantity, people, named_events, person_days)
select
    account_id, month, active_days, events[1:length], events[1:length]::bigint[], people[1:length],
    events[1:length], person_days
from (
    select
        account_id,
        person.month,
        min(month.length) as length,
        bit_or(active_days) as active_days,
        string_agg(int8send(person_id) || int4send(active_days), '' order by person_id) as person_days,
        array[
            sum((active_days >> 0 & 1) * events)::integer,
            sum((active_days >> 1 & 1) * events)::integer,
            sum((active_days >> 2 & 1) * events)::integer,
            sum((active_days >> 3 & 1) * events)::integer,
            sum((active_days >> 4 & 1) * events)::integer,
            sum((active_days >> 5 & 1) * events)::integer,
            sum((active_days >> 6 & 1) * events)::integer,
            sum((active_days >> 7 & 1) * events)::integer,
            sum((active_days >> 8 & 1) * events)::integer,
            sum((active_days >> 9 & 1) * events)::integer,
            sum((active_days >> 10 & 1) * events)::integer,
            sum((active_days >> 11 & 1) * events)::integer,
            sum((active_days >> 12 & 1) * events)::integer,
            sum((active_days >> 13 & 1) * events)::integer,
            sum((active_days >> 14 & 1) * events)::integer,
            sum((active_days >> 15 & 1) * events)::integer,
            sum((active_days >> 16 & 1) * events)::integer,
            sum((active_days >> 17 & 1) * events)::integer,
            sum((active_days >> 18 & 1) * events)::integer,
            sum((active_days >> 19 & 1) * events)::integer,
            sum((active_days >> 20 & 1) * events)::integer,
            sum((active_days >> 21 & 1) * events)::integer,
            sum((active_days >> 22 & 1) * events)::integer,
            sum((active_days >> 23 & 1) * events)::integer,
            sum((active_days >> 24 & 1) * events)::integer,
            sum((active_days >> 25 & 1) * events)::integer,
            sum((active_days >> 26 & 1) * events)::integer,
            sum((active_days >> 27 & 1) * events)::integer,
            sum((active_days >> 28 & 1) * events)::integer,
            sum((active_days >> 29 & 1) * events)::integer,
            sum((active_days >> 30 & 1) * events)::integer
        ] as events,
        array[
            sum(active_days >> 0 & 1)::integer,
            sum(active_days >> 1 & 1)::integer,
            sum(active_days >> 2 & 1)::integer,
            sum(active_days >> 3 & 1)::integer,
            sum(active_days >> 4 & 1)::integer,
            sum(active_days >> 5 & 1)::integer,
            sum(active_days >> 6 & 1)::integer,
            sum(active_days >> 7 & 1)::integer,
            sum(active_days >> 8 & 1)::integer,
            sum(active_days >> 9 & 1)::integer,
            sum(active_days >> 10 & 1)::integer,
            sum(active_days >> 11 & 1)::integer,
            sum(active_days >> 12 & 1)::integer,
            sum(active_days >> 13 & 1)::integer,
            sum(active_days >> 14 & 1)::integer,
            sum(active_days >> 15 & 1)::integer,
            sum(active_days >> 16 & 1)::integer,
            sum(active_days >> 17 & 1)::integer,
            sum(active_days >> 18 & 1)::integer,
            sum(active_days >> 19 & 1)::integer,
            sum(active_days >> 20 & 1)::integer,
            sum(active_days >> 21 & 1)::integer,
            sum(active_days >> 22 & 1)::integer,
            sum(active_days >> 23 & 1)::integer,
            sum(active_days >> 24 & 1)::integer,
            sum(active_days >> 25 & 1)::integer,
            sum(active_days >> 26 & 1)::integer,
            sum(active_days >> 27 & 1)::integer,
            sum(active_days >> 28 & 1)::integer,
            sum(active_days >> 29 & 1)::integer,
            sum(active_days >> 30 & 1)::integer
        ] as people
    from (
        select account_id, month, person_id, active_days, 1 + person_id % 3 as events
        from hale_data.person_month
    ) as person
    join month on month.month = person.month
    group by account_id, person.month
) as packed
order by month, account_id;

insert into hale_data.feature_month (account_id, month, feature_id, active_days, events, quantity)
select account_id, month, feature_id, active_days, 10, 10
from (
    select
        usage.account_id,
        usage.month,
        feature_id,
        usage.active_days
        & (pg_temp.bits(usage.account_id * 16 + feature_id, 300) & 2147483647)::integer as active_days
    from hale_data.usage_month as usage
    cross join generate_series(1, 12) as feature_id
    where pg_temp.share(usage.account_id * 16 + feature_id, 6) < 0.45
) as made
where active_days <> 0;
