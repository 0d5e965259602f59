-- Purpose: upserts features by name.
-- Grain: one row of counts. Parameters: $1 columns of the file (text[]).
-- not null: inserted, updated
with
newest as (
    select distinct on (feature) feature, coalesce(is_key::boolean, false) as is_key, product
    from staged
    order by feature, line desc
),
changed as (
    insert into hale_data.feature as feature (name, is_key, product)
    select feature, is_key, product
    from newest
    on conflict (name) do update
    set is_key = case when 'is_key' = any ($1::text[]) then excluded.is_key else feature.is_key end,
        product = case when 'product' = any ($1::text[]) then excluded.product else feature.product end
    where ('is_key' = any ($1::text[]) and excluded.is_key <> feature.is_key)
        or ('product' = any ($1::text[]) and excluded.product is distinct from feature.product)
    returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
