-- Purpose: upserts CSMs by e-mail.
--   What it overwrites is kept under the import.
-- Grain: one row of counts. Parameters: $1 columns of the file (text[]).
-- not null: inserted, updated
with
newest as (
    select distinct on (lower(email)) lower(email) as email, name, capacity_minutes::integer, time_zone, locale, role
    from staged
    order by lower(email), line desc
),
changed as (
    insert into hale_data.csm as csm (email, name, capacity_minutes, time_zone, locale, role)
    select email, name, coalesce(capacity_minutes, 240), time_zone, locale, role
    from newest
    on conflict (email) do update
    set name = case when 'name' = any ($1::text[]) then excluded.name else csm.name end,
        capacity_minutes = case
            when 'capacity_minutes' = any ($1::text[]) then excluded.capacity_minutes else csm.capacity_minutes
        end,
        time_zone = case when 'time_zone' = any ($1::text[]) then excluded.time_zone else csm.time_zone end,
        locale = case when 'locale' = any ($1::text[]) then excluded.locale else csm.locale end,
        role = case when 'role' = any ($1::text[]) then excluded.role else csm.role end,
        recorded_at = excluded.recorded_at,
        import_id = excluded.import_id
    where ('name' = any ($1::text[]) and excluded.name is distinct from csm.name)
        or ('capacity_minutes' = any ($1::text[]) and excluded.capacity_minutes <> csm.capacity_minutes)
        or ('time_zone' = any ($1::text[]) and excluded.time_zone is distinct from csm.time_zone)
        or ('locale' = any ($1::text[]) and excluded.locale is distinct from csm.locale)
        or ('role' = any ($1::text[]) and excluded.role is distinct from csm.role)
    returning csm_id, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'csm', to_jsonb(old)
    from changed
    join hale_data.csm as old on old.csm_id = changed.csm_id
    where hale_data.current_import() is not null
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
