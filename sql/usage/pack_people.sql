-- Purpose: recomputes the packed months of people for the touched account-months from the raw events.
-- Grain: one row per account, month and person.
insert into hale_data.person_month as packed (account_id, month, person_id, active_days)
select
    event.account_id,
    touched.month,
    event.person_id,
    bit_or((1::bigint << (event.day - touched.month))::integer)
from touched
join hale_data.usage_event as event
    on event.account_id = touched.account_id
    and event.day >= touched.month
    and event.day < touched.month + hale_data.month_length(touched.month)
where event.person_id is not null
group by event.account_id, touched.month, event.person_id
on conflict (account_id, month, person_id) do update
set active_days = excluded.active_days
where excluded.active_days <> packed.active_days
