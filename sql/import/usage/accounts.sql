-- Purpose: the internal ids of accounts, in the order in which they are asked for; 0 where an account is not known.
-- Grain: one row. Parameters: $1 account ids of the outside world (text[]).
-- not null: ids
select array_agg(coalesce(known.account_id, 0) order by asked.place) as ids
from unnest($1::text[]) with ordinality as asked (external_id, place)
left join hale_data.account_key as known on known.external_id = asked.external_id
