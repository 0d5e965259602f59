-- Purpose: recomputes the packed months of people for the touched account-months from the raw events, which are
--   read a month at a time.
-- Grain: one row per account, month and person.
insert into hale_data.person_month as packed (account_id, month, person_id, active_days)
select by_person.account_id, months.month, by_person.person_id, by_person.active_days
from (select distinct month from touched) as months
cross join lateral (
    select
        event.account_id,
        event.person_id,
        bit_or((1::bigint << (event.day - months.month))::integer) as active_days
    from hale_data.usage_event as event
    join touched on touched.account_id = event.account_id and touched.month = months.month
    where event.person_id is not null
        and event.day >= months.month and event.day < (months.month + interval '1 month')::date
    group by event.account_id, event.person_id
) as by_person
on conflict (account_id, month, person_id) do update
set active_days = excluded.active_days
where excluded.active_days <> packed.active_days
