-- Purpose: upserts leads by id.
--   What it overwrites is kept under the import.
-- Grain: one row of counts.
-- Parameters: $1 columns of the file (text[]), $2 is history (boolean), $3 receipt (bigint).
-- not null: inserted, updated
with
resolved as (
    select distinct on (staged.lead_id)
        staged.lead_id,
        staged.created_on::date as created_on,
        case when 'channel' = any ($1::text[]) then staged.channel else old.channel end as channel,
        case when 'qualified_on' = any ($1::text[]) then staged.qualified_on::date else old.qualified_on end
            as qualified_on,
        case when 'won_on' = any ($1::text[]) then staged.won_on::date else old.won_on end as won_on,
        coalesce(
            staged.recorded_at::timestamptz,
            case when $2::boolean then least(now(), staged.created_on::timestamptz) else now() end) as recorded_at
    from staged
    left join hale_data.lead as old on old.lead_id = staged.lead_id
    order by staged.lead_id, staged.line desc
),
changed as (
    insert into hale_data.lead as old (lead_id, created_on, channel, qualified_on, won_on, recorded_at, import_id)
    select lead_id, created_on, channel, qualified_on, won_on, recorded_at, $3::bigint
    from resolved
    on conflict (lead_id) do update
    set created_on = excluded.created_on, channel = excluded.channel, qualified_on = excluded.qualified_on,
        won_on = excluded.won_on, recorded_at = excluded.recorded_at, import_id = excluded.import_id
    where (excluded.created_on, excluded.channel, excluded.qualified_on, excluded.won_on)
        is distinct from (old.created_on, old.channel, old.qualified_on, old.won_on)
    returning lead_id, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'lead', to_jsonb(old)
    from changed
    join hale_data.lead as old on old.lead_id = changed.lead_id
    where hale_data.current_import() is not null
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
