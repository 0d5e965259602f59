-- Purpose: notes that something changed that every score depends on, so that an incremental score scores all.
-- Parameters: $1 what it is, such as features or holidays (text).
insert into hale_data.common_change as old (what, changed_by)
values ($1::text, pg_current_xact_id())
on conflict (what) do update
set changed_by = excluded.changed_by
