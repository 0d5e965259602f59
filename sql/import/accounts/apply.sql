-- Purpose: upserts accounts by id; a column that the file does not have keeps its value.
--   What it overwrites is kept under the import.
-- Grain: one row of counts. Parameters: $1 columns of the file (text[]).
-- not null: inserted, updated
with
newest as (
    select distinct on (staged.account_id)
        key.account_id,
        staged.account_id as external_id,
        staged.name, staged.segment, staged.lifecycle_stage, staged.country, staged.industry,
        csm.csm_id,
        parent.account_id as parent_account_id,
        staged.created_on::date as created_on,
        coalesce(staged.recorded_at::timestamptz, now()) as recorded_at
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
    left join hale_data.csm as csm on csm.email = lower(staged.csm_email)
    left join hale_data.account_key as parent on parent.external_id = staged.parent_account_id
    order by staged.account_id, staged.line desc
),
merged as (
    select
        newest.account_id,
        newest.external_id,
        newest.name,
        case when 'segment' = any ($1::text[]) then newest.segment else old.segment end as segment,
        case when 'lifecycle_stage' = any ($1::text[]) then newest.lifecycle_stage else old.lifecycle_stage
        end as lifecycle_stage,
        case when 'country' = any ($1::text[]) then newest.country else old.country end as country,
        case when 'industry' = any ($1::text[]) then newest.industry else old.industry end as industry,
        case when 'csm_email' = any ($1::text[]) then newest.csm_id else old.csm_id end as csm_id,
        case when 'parent_account_id' = any ($1::text[]) then newest.parent_account_id else old.parent_account_id
        end as parent_account_id,
        case when 'created_on' = any ($1::text[]) then newest.created_on else old.created_on end as created_on,
        newest.recorded_at
    from newest
    left join hale_data.account as old on old.account_id = newest.account_id
),
changed as (
    insert into hale_data.account as old (
        account_id, external_id, name, segment, lifecycle_stage, country, industry, csm_id, parent_account_id,
        created_on, recorded_at)
    select
        account_id, external_id, name, segment, lifecycle_stage, country, industry, csm_id, parent_account_id,
        created_on, recorded_at
    from merged
    on conflict (account_id) do update
    set name = excluded.name, segment = excluded.segment, lifecycle_stage = excluded.lifecycle_stage,
        country = excluded.country, industry = excluded.industry, csm_id = excluded.csm_id,
        parent_account_id = excluded.parent_account_id, created_on = excluded.created_on,
        recorded_at = excluded.recorded_at, import_id = excluded.import_id
    where (
        excluded.name, excluded.segment, excluded.lifecycle_stage, excluded.country, excluded.industry,
        excluded.csm_id, excluded.parent_account_id, excluded.created_on
    ) is distinct from (
        old.name, old.segment, old.lifecycle_stage, old.country, old.industry,
        old.csm_id, old.parent_account_id, old.created_on
    )
    returning account_id, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'account', to_jsonb(old)
    from changed
    join hale_data.account as old on old.account_id = changed.account_id
    where hale_data.current_import() is not null
),
touched as (
    insert into touched_account (account_id)
    select account_id from changed
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
