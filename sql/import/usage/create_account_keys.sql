-- Purpose: gives internal ids to accounts that nobody imported. Imports that do so wait for each other, as each of them
--   creates in the order of its file.
-- Grain: one row per account created. Parameters: $1 account ids of the outside world (text[]).
with
taken as materialized (
    select turn.number
    from hale_data.turn
    where turn.area = 'usage' and turn.number = -2
    for update
)
insert into hale_data.account_key (external_id)
select asked.external_id
from taken
cross join unnest($1::text[]) as asked (external_id)
order by asked.external_id
on conflict (external_id) do nothing
