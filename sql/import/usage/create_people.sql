-- Purpose: creates the people first seen, role unknown.
-- Grain: one row per person created.
insert into hale_data.person (account_id, person_id, external_id, recorded_at)
overriding system value
select account_id, person_id, external_id, now()
from new_person
order by account_id, external_id
on conflict (account_id, external_id) do nothing
