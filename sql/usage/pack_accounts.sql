-- Purpose: recomputes the packed months of accounts for the touched account-months from the raw events,
--   which are read a month at a time.
-- Grain: one row per account and month; arrays have one entry per day of the month.
insert into hale_data.usage_month as packed (
    account_id, month, active_days, events, quantity, people, named_events)
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
)
select
    active_month.account_id,
    active_month.month,
    bit_or(case when by_day.events > 0 then (1::bigint << offset_days)::integer else 0 end),
    array_agg(coalesce(by_day.events, 0) order by offset_days),
    array_agg(coalesce(by_day.quantity, 0) order by offset_days),
    array_agg(coalesce(by_day.people, 0) order by offset_days),
    array_agg(coalesce(by_day.named_events, 0) order by offset_days)
from active_month
cross join lateral generate_series(0, hale_data.month_length(active_month.month) - 1) as offset_days
left join by_day
    on by_day.account_id = active_month.account_id
    and by_day.month = active_month.month
    and by_day.day = active_month.month + offset_days
group by active_month.account_id, active_month.month
on conflict (account_id, month) do update
set active_days = excluded.active_days, events = excluded.events, quantity = excluded.quantity,
    people = excluded.people, named_events = excluded.named_events
where (excluded.events, excluded.quantity, excluded.people, excluded.named_events)
    is distinct from (packed.events, packed.quantity, packed.people, packed.named_events)
