-- Purpose: upserts features by name.
--   What it overwrites is kept under the import.
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
        product = case when 'product' = any ($1::text[]) then excluded.product else feature.product end,
        import_id = excluded.import_id
    where ('is_key' = any ($1::text[]) and excluded.is_key <> feature.is_key)
        or ('product' = any ($1::text[]) and excluded.product is distinct from feature.product)
    returning feature_id, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'feature', to_jsonb(old)
    from changed
    join hale_data.feature as old on old.feature_id = changed.feature_id
    where hale_data.current_import() is not null
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
