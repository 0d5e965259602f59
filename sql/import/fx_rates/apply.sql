-- Purpose: upserts exchange rates by day and currency.
-- Grain: one row of counts. Parameters: $1 columns of the file (text[]).
-- not null: inserted, updated
with
changed as (
    insert into hale_data.fx_rate as known (day, currency, rate)
    select distinct day::date, currency, rate::float8
    from staged
    where $1::text[] is not null
    on conflict (day, currency) do update set rate = excluded.rate
    where excluded.rate <> known.rate
    returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
