-- Purpose: writes the events whose id is new, and adds to what the import comes to.
-- Grain: one row with the count of events written. Parameters: $1 receipt (bigint).
-- not null: inserted
with
first_of_event as (
    select distinct on (account_id, event_id) account_id, event_id, line
    from identified
    order by account_id, event_id, line
),
new_event as (
    insert into hale_data.usage_event_key (account_id, event_id)
    select account_id, event_id
    from first_of_event
    on conflict (account_id, event_id) do nothing
    returning account_id, event_id
),
added as (
    insert into hale_data.usage_event (
        account_id, day, occurred_at, person_id, feature_id, quantity, recorded_at, import_id, line)
    select
        identified.account_id, identified.day, identified.occurred_at, identified.person_id, identified.feature_id,
        identified.quantity, identified.recorded_at, $1::bigint, identified.line
    from new_event
    join first_of_event
        on first_of_event.account_id = new_event.account_id and first_of_event.event_id = new_event.event_id
    join identified
        on identified.account_id = new_event.account_id and identified.event_id = new_event.event_id
        and identified.line = first_of_event.line
    returning account_id, day, person_id, feature_id, quantity
),
by_day as (
    select
        account_id, date_trunc('month', day)::date as month, extract(day from day)::integer as place,
        count(*)::integer as events, sum(quantity)::bigint as quantity, count(person_id)::integer as named_events
    from added
    group by account_id, day
),
months as (
    insert into account_month (account_id, month, active_days, events, quantity, named_events)
    select
        active.account_id, active.month, active.active_days,
        array_agg(coalesce(by_day.events, 0) order by day.place),
        array_agg(coalesce(by_day.quantity, 0) order by day.place),
        array_agg(coalesce(by_day.named_events, 0) order by day.place)
    from (
        select account_id, month, bit_or((1::bigint << (place - 1))::integer) as active_days
        from by_day
        group by account_id, month
    ) as active
    cross join lateral generate_series(1, hale_data.month_length(active.month)) as day (place)
    left join by_day
        on by_day.account_id = active.account_id and by_day.month = active.month and by_day.place = day.place
    group by active.account_id, active.month, active.active_days
),
people as (
    insert into person_mask (account_id, month, person_id, active_days)
    select
        account_id, date_trunc('month', day)::date, person_id,
        bit_or((1::bigint << (extract(day from day)::integer - 1))::integer)
    from added
    where person_id is not null
    group by account_id, date_trunc('month', day), person_id
),
features as (
    insert into feature_count (account_id, month, feature_id, active_days, events, quantity)
    select
        account_id, date_trunc('month', day)::date, feature_id,
        bit_or((1::bigint << (extract(day from day)::integer - 1))::integer), count(*), sum(quantity)::bigint
    from added
    where feature_id is not null
    group by account_id, date_trunc('month', day), feature_id
)
select count(*) as inserted
from added
