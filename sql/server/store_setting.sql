-- Purpose: sets a setting of the organisation; every score depends on it, which is noted with it.
-- Parameters: $1 name, $2 value (text).
with
noted as (
    insert into hale_data.common_change as old (what, changed_by)
    values ('settings', pg_current_xact_id())
    on conflict (what) do update
    set changed_by = excluded.changed_by
)
insert into hale_data.setting (name, value)
values ($1::text, $2::text)
on conflict (name) do update
set value = excluded.value
