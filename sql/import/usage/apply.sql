-- Purpose: appends the usage events; an event id already received is left out.
-- Grain: one row of counts. Parameters: $1 receipt (bigint), $2 is history (boolean).
-- not null: inserted, updated
with
resolved as (
    select
        key.account_id,
        staged.line,
        staged.event_id,
        staged.occurred_at::timestamptz as occurred_at,
        person.person_id,
        feature.feature_id,
        coalesce(staged.quantity::bigint, 1) as quantity,
        coalesce(
            staged.recorded_at::timestamptz,
            case when $2::boolean then staged.occurred_at::timestamptz else now() end) as recorded_at
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
    left join hale_data.person as person
        on person.account_id = key.account_id and person.external_id = staged.person_id
    left join hale_data.feature as feature on feature.name = staged.feature
),
first_of_event as (
    select distinct on (account_id, event_id) account_id, event_id, line
    from resolved
    where event_id is not null
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
        resolved.account_id,
        (resolved.occurred_at at time zone hale_data.time_zone())::date,
        resolved.occurred_at, resolved.person_id, resolved.feature_id, resolved.quantity, resolved.recorded_at,
        $1::bigint, resolved.line
    from resolved
    left join first_of_event
        on first_of_event.account_id = resolved.account_id and first_of_event.event_id = resolved.event_id
    left join new_event
        on new_event.account_id = resolved.account_id and new_event.event_id = resolved.event_id
    where resolved.event_id is null
        or (new_event.event_id is not null and first_of_event.line = resolved.line)
    returning account_id
)
select count(*) as inserted, 0::bigint as updated
from added
