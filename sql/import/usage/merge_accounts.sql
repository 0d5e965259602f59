-- Purpose: adds the days of an import to the packed months of the touched account-months; active people and their days
--   are those of the packed months of people, which are complete by now.
-- Grain: one row per account and month; arrays have one entry per day of the month.
insert into hale_data.usage_month as packed (
    account_id, month, active_days, events, quantity, people, named_events, person_days)
with
person as (
    select
        packed.account_id, packed.month,
        string_agg(int8send(packed.person_id) || int4send(packed.active_days), '' order by packed.person_id) as days,
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
total as (
    select
        account_id, month, bit_or(active_days) as active_days, hale_data.array_sum(events) as events,
        hale_data.array_sum(quantity) as quantity, hale_data.array_sum(named_events) as named_events
    from (
        select account_id, month, active_days, events, quantity, named_events
        from account_month
        union all
        select
            packed.account_id, packed.month, packed.active_days, packed.events, packed.quantity,
            packed.named_events
        from touched
        join hale_data.usage_month as packed
            on packed.account_id = touched.account_id and packed.month = touched.month
    ) as part
    group by account_id, month
)
select
    total.account_id, total.month, total.active_days, total.events, total.quantity,
    case
        when person.counts is null then array_fill(0, array[hale_data.month_length(total.month)])
        else person.counts[1:hale_data.month_length(total.month)]
    end,
    total.named_events,
    coalesce(person.days, '')
from total
left join person on person.account_id = total.account_id and person.month = total.month
order by total.account_id, total.month
on conflict (account_id, month) do update
set active_days = excluded.active_days, events = excluded.events, quantity = excluded.quantity,
    people = excluded.people, named_events = excluded.named_events, person_days = excluded.person_days
