-- Purpose: adds the days of an import to the packed months of the touched account-months; active people are counted from
--   the packed months of people, which are complete by now.
-- Grain: one row per account and month; arrays have one entry per day of the month.
insert into hale_data.usage_month as packed (
    account_id, month, active_days, events, quantity, people, named_events)
with
person as (
    select
        packed.account_id, packed.month,
        array[
            count(*) filter (where active_days & 1 <> 0),
            count(*) filter (where active_days & 2 <> 0),
            count(*) filter (where active_days & 4 <> 0),
            count(*) filter (where active_days & 8 <> 0),
            count(*) filter (where active_days & 16 <> 0),
            count(*) filter (where active_days & 32 <> 0),
            count(*) filter (where active_days & 64 <> 0),
            count(*) filter (where active_days & 128 <> 0),
            count(*) filter (where active_days & 256 <> 0),
            count(*) filter (where active_days & 512 <> 0),
            count(*) filter (where active_days & 1024 <> 0),
            count(*) filter (where active_days & 2048 <> 0),
            count(*) filter (where active_days & 4096 <> 0),
            count(*) filter (where active_days & 8192 <> 0),
            count(*) filter (where active_days & 16384 <> 0),
            count(*) filter (where active_days & 32768 <> 0),
            count(*) filter (where active_days & 65536 <> 0),
            count(*) filter (where active_days & 131072 <> 0),
            count(*) filter (where active_days & 262144 <> 0),
            count(*) filter (where active_days & 524288 <> 0),
            count(*) filter (where active_days & 1048576 <> 0),
            count(*) filter (where active_days & 2097152 <> 0),
            count(*) filter (where active_days & 4194304 <> 0),
            count(*) filter (where active_days & 8388608 <> 0),
            count(*) filter (where active_days & 16777216 <> 0),
            count(*) filter (where active_days & 33554432 <> 0),
            count(*) filter (where active_days & 67108864 <> 0),
            count(*) filter (where active_days & 134217728 <> 0),
            count(*) filter (where active_days & 268435456 <> 0),
            count(*) filter (where active_days & 536870912 <> 0),
            count(*) filter (where active_days & 1073741824 <> 0)
        ]::integer[] as counts
    from touched
    join hale_data.person_month as packed
        on packed.account_id = touched.account_id and packed.month = touched.month
    group by packed.account_id, packed.month
),
-- What is packed already, by day, so that it adds up with what is new.
before as (
    select packed.account_id, packed.month + (entry.place - 1)::integer as day, entry.events, entry.quantity,
        entry.named_events
    from touched
    join hale_data.usage_month as packed
        on packed.account_id = touched.account_id and packed.month = touched.month
    cross join lateral unnest(packed.events, packed.quantity, packed.named_events)
        with ordinality as entry (events, quantity, named_events, place)
    where entry.events > 0
),
by_day as (
    select account_id, day, sum(events) as events, sum(quantity) as quantity, sum(named_events) as named_events
    from (
        select account_id, day, events, quantity, named_events from account_day
        union all
        select account_id, day, events, quantity, named_events from before
        union all
        select touched.account_id, touched.month + offset_days, 0, 0, 0
        from touched
        cross join lateral generate_series(0, hale_data.month_length(touched.month) - 1) as offset_days
    ) as part
    group by account_id, day
),
by_month as (
    select
        account_id, date_trunc('month', day)::date as month,
        bit_or(case when events > 0 then (1::bigint << (extract(day from day)::integer - 1))::integer else 0 end)
            as active_days,
        array_agg(events::integer order by day) as events,
        array_agg(quantity::bigint order by day) as quantity,
        array_agg(named_events::integer order by day) as named_events
    from by_day
    group by account_id, date_trunc('month', day)
)
select
    by_month.account_id, by_month.month, by_month.active_days, by_month.events, by_month.quantity,
    case
        when person.counts is null then array_fill(0, array[hale_data.month_length(by_month.month)])
        else person.counts[1:hale_data.month_length(by_month.month)]
    end,
    by_month.named_events
from by_month
left join person on person.account_id = by_month.account_id and person.month = by_month.month
where by_month.active_days <> 0
order by by_month.account_id, by_month.month
on conflict (account_id, month) do update
set active_days = excluded.active_days, events = excluded.events, quantity = excluded.quantity,
    people = excluded.people, named_events = excluded.named_events
