-- Purpose: upserts exchange rates by day and currency.
--   What it overwrites is kept under the import.
-- Grain: one row of counts. Parameters: $1 columns of the file (text[]).
-- not null: inserted, updated
with
changed as (
    insert into hale_data.fx_rate as known (day, currency, rate)
    select distinct day::date, currency, rate::float8
    from staged
    where $1::text[] is not null
    on conflict (day, currency) do update set rate = excluded.rate, import_id = excluded.import_id
    where excluded.rate <> known.rate
    returning day, currency, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'fx_rate', to_jsonb(old)
    from changed
    join hale_data.fx_rate as old on old.day = changed.day and old.currency = changed.currency
    where hale_data.current_import() is not null
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
