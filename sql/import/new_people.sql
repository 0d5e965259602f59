-- Purpose: creates the people that the staged rows name for the first time, role unknown.
-- Grain: one row per person created.
insert into hale_data.person (account_id, external_id, recorded_at)
select distinct key.account_id, staged.person_id, now()
from staged
join hale_data.account_key as key on key.external_id = staged.account_id
where staged.person_id is not null
order by key.account_id, staged.person_id
on conflict (account_id, external_id) do nothing
