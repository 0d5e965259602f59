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
days as (
    insert into account_day (account_id, day, events, quantity, named_events)
    select account_id, day, count(*), sum(quantity)::bigint, count(person_id)
    from added
    group by account_id, day
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
