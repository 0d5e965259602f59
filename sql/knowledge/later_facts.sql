-- Purpose: on which of some days facts would be seen that became known only after the day had begun.
-- Grain: one row per kind of fact, month of usage and stretch of the days. Parameters: $1 days (date[]), ascending.
-- not null: kind, first, last
-- first and last count the days from 1. A kind of which anything was overwritten is later from the first day on: what
-- it was before may be seen earlier than what it is now. So are contracts, whose first terms are valid from ever.
with
known as materialized (
    select array_agg(hale_data.day_start(day) order by day) as starts
    from unnest($1::date[]) as day
),
overwritten as materialized (
    select distinct table_name
    from hale_data.import_change
    where table_name in ('ticket', 'invoice', 'nps_response', 'person')
),
newest as (
    select 'contracts' as kind, max(recorded_at) as recorded_at
    from hale_data.contract_version
    union all
    select 'tickets', max(recorded_at)
    from hale_data.ticket
    where 'ticket' in (select table_name from overwritten)
    union all
    select 'invoices', max(recorded_at)
    from hale_data.invoice
    where 'invoice' in (select table_name from overwritten)
    union all
    select 'responses', max(recorded_at)
    from hale_data.nps_response
    where 'nps_response' in (select table_name from overwritten)
    union all
    select 'people', max(recorded_at)
    from hale_data.person
    where 'person' in (select table_name from overwritten)
),
late as (
    select 'tickets' as kind, null::date as month, opened_at as seen_after, recorded_at
    from hale_data.ticket
    where recorded_at > opened_at
    union all
    select 'invoices', null, hale_data.day_start(due_on), recorded_at
    from hale_data.invoice
    where recorded_at > hale_data.day_start(due_on)
    union all
    select 'responses', null, responded_at, recorded_at
    from hale_data.nps_response
    where recorded_at > responded_at
    union all
    select 'touchpoints', null, occurred_at, recorded_at
    from hale_data.touchpoint
    where recorded_at > occurred_at
    union all
    select 'pulses', null, given_at, recorded_at
    from hale_data.pulse
    where recorded_at > given_at
    union all
    (
        select distinct 'usage', date_trunc('month', day)::date, hale_data.day_start(day), recorded_at
        from hale_data.usage_event
        where recorded_at > occurred_at
    )
),
stretch as (
    select kind, null::date as month, 1 as first, width_bucket(recorded_at, (select starts from known)) as last
    from newest
    union all
    select
        kind, month, width_bucket(seen_after, (select starts from known)) + 1,
        width_bucket(recorded_at, (select starts from known))
    from late
)
select distinct kind, month, first, last
from stretch
where first <= last
