-- Purpose: gives an import its rejected rows back as they were before they were imported again.
-- Grain: one row per problem given back. Parameters: $1 the receipt that is undone (bigint).
with
before as (
    select image.import_id, image.line, image.ordinal, image.column_name, image.reason, image.raw
    from hale_data.import_change as change
    cross join lateral jsonb_populate_record(null::hale_data.import_reject, change.before) as image
    where change.import_id = $1::bigint and change.table_name = 'import_reject'
)
insert into hale_data.import_reject as known (import_id, line, ordinal, column_name, reason, raw)
select import_id, line, ordinal, column_name, reason, raw
from before
on conflict (import_id, line, ordinal) do update
set column_name = excluded.column_name, reason = excluded.reason, raw = excluded.raw
