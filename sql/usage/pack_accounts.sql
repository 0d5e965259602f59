-- Purpose: recomputes the packed months of accounts for the touched account-months from the raw events,
--   which are read a month at a time; the days of people are those of their packed months, which are complete by now.
-- Grain: one row per account and month; arrays have one entry per day of the month.
insert into hale_data.usage_month as packed (
    account_id, month, active_days, events, quantity, people, named_events, person_days)
with
by_day as (
    select
        events.account_id, months.month, events.day, events.events, events.quantity, events.people,
        events.named_events
    from (select distinct month from touched) as months
    cross join lateral (
        select
            event.account_id,
            event.day,
            count(*)::integer as events,
            sum(event.quantity)::bigint as quantity,
            count(distinct event.person_id)::integer as people,
            count(event.person_id)::integer as named_events
        from hale_data.usage_event as event
        join touched on touched.account_id = event.account_id and touched.month = months.month
        where event.day >= months.month and event.day < (months.month + interval '1 month')::date
        group by event.account_id, event.day
    ) as events
),
active_month as (
    select distinct account_id, month from by_day
),
person as (
    select
        packed.account_id, packed.month,
        string_agg(int8send(packed.person_id) || int4send(packed.active_days), '' order by packed.person_id) as days
    from touched
    join hale_data.person_month as packed
        on packed.account_id = touched.account_id and packed.month = touched.month
    group by packed.account_id, packed.month
)
select
    active_month.account_id,
    active_month.month,
    bit_or(case when by_day.events > 0 then (1::bigint << offset_days)::integer else 0 end),
    array_agg(coalesce(by_day.events, 0) order by offset_days),
    array_agg(coalesce(by_day.quantity, 0) order by offset_days),
    array_agg(coalesce(by_day.people, 0) order by offset_days),
    array_agg(coalesce(by_day.named_events, 0) order by offset_days),
    coalesce(person.days, '')
from active_month
cross join lateral generate_series(0, hale_data.month_length(active_month.month) - 1) as offset_days
left join by_day
    on by_day.account_id = active_month.account_id
    and by_day.month = active_month.month
    and by_day.day = active_month.month + offset_days
left join person on person.account_id = active_month.account_id and person.month = active_month.month
group by active_month.account_id, active_month.month, person.days
on conflict (account_id, month) do update
set active_days = excluded.active_days, events = excluded.events, quantity = excluded.quantity,
    people = excluded.people, named_events = excluded.named_events, person_days = excluded.person_days
where (excluded.events, excluded.quantity, excluded.people, excluded.named_events, excluded.person_days)
    is distinct from (packed.events, packed.quantity, packed.people, packed.named_events, packed.person_days)
