-- Purpose: the signals that rules may use, with what the catalogue says of them.
-- Grain: one row per signal, in the order of the view.
-- not null: name, type, meaning
select
    attribute.attname::text as name,
    format_type(attribute.atttypid, attribute.atttypmod) as type,
    coalesce(col_description(attribute.attrelid, attribute.attnum), '') as meaning
from pg_attribute as attribute
where attribute.attrelid = 'hale.account_signal'::regclass and attribute.attnum > 0 and not attribute.attisdropped
order by attribute.attnum
