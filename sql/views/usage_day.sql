-- Purpose: usage by account and day in the 84 days before a day.
-- Grain: one row per account and day with usage.
create or replace function hale.usage_day_on(as_of date)
returns table (account_id text, day date, events integer, quantity bigint, active_people integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        account.external_id,
        month.month + (entry.ordinal - 1)::integer,
        entry.events, entry.quantity, entry.people
    from hale_data.usage_month as month
    join hale_data.account as account on account.account_id = month.account_id
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    cross join lateral unnest(month.events, month.quantity, month.people) with ordinality
        as entry (events, quantity, people, ordinal)
    where month.month >= date_trunc('month', as_of - 84)::date
        and month.month < as_of
        and month.month + (entry.ordinal - 1)::integer >= as_of - 84
        and month.month + (entry.ordinal - 1)::integer < as_of
        and entry.events > 0
        and hale_data.may_see(csm.email)
$$;
create or replace view hale.usage_day with (security_barrier) as
select account_id, day, events, quantity, active_people
from hale.usage_day_on(hale.newest_day());
comment on view hale.usage_day is
    'usage in the 84 days before the newest scored day, one row per account and day with usage';
comment on column hale.usage_day.account_id is 'the account''s id as imported';
comment on column hale.usage_day.day is 'day in the organisation''s time zone';
comment on column hale.usage_day.events is 'usage rows of the day';
comment on column hale.usage_day.quantity is 'sum of their quantities';
comment on column hale.usage_day.active_people is 'distinct people with usage on the day';
