-- Purpose: upserts tickets by id.
--   What it overwrites is kept under the import.
-- Grain: one row of counts.
-- Parameters: $1 columns of the file (text[]), $2 is history (boolean), $3 receipt (bigint).
-- not null: inserted, updated
with
resolved as (
    select distinct on (key.account_id, staged.ticket_id)
        key.account_id,
        staged.ticket_id as external_id,
        staged.opened_at::timestamptz as opened_at,
        case when 'closed_at' = any ($1::text[]) then staged.closed_at::timestamptz else old.closed_at end as closed_at,
        coalesce(
            case when 'priority' = any ($1::text[]) then staged.priority::smallint else old.priority end,
            3::smallint) as priority,
        case when 'subject' = any ($1::text[]) then staged.subject else old.subject end as subject,
        coalesce(
            staged.recorded_at::timestamptz,
            case when $2::boolean then staged.opened_at::timestamptz else now() end) as recorded_at
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
    left join hale_data.ticket as old
        on old.account_id = key.account_id and old.external_id = staged.ticket_id
    order by key.account_id, staged.ticket_id, staged.line desc
),
changed as (
    insert into hale_data.ticket as old (
        account_id, external_id, opened_at, closed_at, priority, subject, recorded_at, import_id)
    select account_id, external_id, opened_at, closed_at, priority, subject, recorded_at, $3::bigint
    from resolved
    on conflict (account_id, external_id) do update
    set opened_at = excluded.opened_at, closed_at = excluded.closed_at, priority = excluded.priority,
        subject = excluded.subject, recorded_at = excluded.recorded_at, import_id = excluded.import_id
    where (excluded.opened_at, excluded.closed_at, excluded.priority, excluded.subject)
        is distinct from (old.opened_at, old.closed_at, old.priority, old.subject)
    returning account_id, external_id, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'ticket', to_jsonb(old)
    from changed
    join hale_data.ticket as old on old.account_id = changed.account_id and old.external_id = changed.external_id
    where hale_data.current_import() is not null
),
touched as (
    insert into touched_account (account_id)
    select account_id from changed
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
