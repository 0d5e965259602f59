-- Purpose: gives the receivers of receivers.yaml the row that their state and deliveries need.
-- Grain: one row per receiver that is new. Parameters: $1 names (text[]).
-- not null: receiver_id
insert into hale_data.receiver (name)
select known.name
from unnest($1::text[]) as known (name)
where not exists (select from hale_data.receiver as present where present.name = known.name)
on conflict (name) do nothing
returning receiver_id
