-- Purpose: the rejected rows of an import that are still kept, in order of the file,
-- the reasons of a row in the order of its columns.
-- Grain: one row per rejected row. Parameters: $1 receipt (bigint).
-- not null: line, reasons, raw
select
    line,
    string_agg(distinct column_name, '; ') as columns,
    string_agg(reason, '; ' order by column_name, ordinal) as reasons,
    min(raw) as raw
from hale_data.import_reject
where import_id = $1::bigint
group by line
order by line
