-- Purpose: adds the active days of people to their packed months.
-- Grain: one row per account, month and person.
insert into hale_data.person_month as packed (account_id, month, person_id, active_days)
select account_id, month, person_id, bit_or(active_days)
from person_mask
group by account_id, month, person_id
order by account_id, month, person_id
on conflict (account_id, month, person_id) do update
set active_days = packed.active_days | excluded.active_days
where packed.active_days | excluded.active_days <> packed.active_days
