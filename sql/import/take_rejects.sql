-- Purpose: takes the rejected rows of an import away to import them again, and keeps them with this import's changes.
-- Grain: one row. Parameters: $1 receipt (bigint).
-- not null: lines
with
taken as (
    delete from hale_data.import_reject as reject
    where reject.import_id = $1::bigint
    returning reject.import_id, reject.line, reject.ordinal, reject.column_name, reject.reason, reject.raw
),
kept as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'import_reject', to_jsonb(taken)
    from taken
)
select count(distinct line) as lines
from taken
