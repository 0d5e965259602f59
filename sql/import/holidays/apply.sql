-- Purpose: adds holidays.
-- Grain: one row of counts. Parameters: $1 columns of the file (text[]).
-- not null: inserted, updated
with
added as (
    insert into hale_data.holiday (country, day)
    select distinct country, day::date
    from staged
    where $1::text[] is not null
    on conflict (country, day) do nothing
    returning day
)
select count(*) as inserted, 0::bigint as updated
from added
