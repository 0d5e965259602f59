-- Purpose: upserts people by account and id; a column that the file does not have keeps its value.
--   What it overwrites is kept under the import.
-- Grain: one row of counts. Parameters: $1 columns of the file (text[]).
-- not null: inserted, updated
with
newest as (
    select distinct on (key.account_id, staged.person_id)
        key.account_id, staged.person_id as external_id, staged.name, staged.email, staged.role,
        staged.left_on::date as left_on, coalesce(staged.recorded_at::timestamptz, now()) as recorded_at
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
    order by key.account_id, staged.person_id, staged.line desc
),
merged as (
    select
        newest.account_id, newest.external_id,
        case when 'name' = any ($1::text[]) then newest.name else old.name end as name,
        case when 'email' = any ($1::text[]) then newest.email else old.email end as email,
        case when 'role' = any ($1::text[]) then coalesce(newest.role, 'unknown')
            else coalesce(old.role, 'unknown') end as role,
        case when 'left_on' = any ($1::text[]) then newest.left_on else old.left_on end as left_on,
        newest.recorded_at
    from newest
    left join hale_data.person as old
        on old.account_id = newest.account_id and old.external_id = newest.external_id
),
changed as (
    insert into hale_data.person as old (account_id, external_id, name, email, role, left_on, recorded_at)
    select account_id, external_id, name, email, role, left_on, recorded_at
    from merged
    on conflict (account_id, external_id) do update
    set name = excluded.name, email = excluded.email, role = excluded.role, left_on = excluded.left_on,
        recorded_at = excluded.recorded_at, import_id = excluded.import_id
    where (excluded.name, excluded.email, excluded.role, excluded.left_on)
        is distinct from (old.name, old.email, old.role, old.left_on)
    returning account_id, person_id, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'person', to_jsonb(old)
    from changed
    join hale_data.person as old on old.account_id = changed.account_id and old.person_id = changed.person_id
    where hale_data.current_import() is not null
),
touched as (
    insert into touched_account (account_id)
    select account_id from changed
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
