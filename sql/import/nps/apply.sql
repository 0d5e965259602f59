-- Purpose: upserts NPS responses by id, or by file and line where they have none.
--   What it overwrites is kept under the import.
-- Grain: one row of counts.
-- Parameters: $1 receipt (bigint), $2 is history (boolean), $3 checksum of the file (text),
--   $4 columns of the file (text[]).
-- not null: inserted, updated
with
incoming as (
    select distinct on (key.account_id, response_key)
        key.account_id,
        coalesce(staged.response_id, '~' || left($3::text, 16) || ':' || staged.line) as response_key,
        person.person_id,
        staged.score::smallint as score,
        staged.responded_at::timestamptz as responded_at,
        staged.comment,
        staged.survey,
        coalesce(
            staged.recorded_at::timestamptz,
            case when $2::boolean then staged.responded_at::timestamptz else now() end) as recorded_at
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
    left join hale_data.person as person
        on person.account_id = key.account_id and person.external_id = staged.person_id
    order by key.account_id, response_key, staged.line desc
),
resolved as (
    select
        incoming.account_id, incoming.response_key,
        case when 'person_id' = any ($4::text[]) then incoming.person_id else old.person_id end as person_id,
        incoming.score, incoming.responded_at,
        case when 'comment' = any ($4::text[]) then incoming.comment else old.comment end as comment,
        case when 'survey' = any ($4::text[]) then incoming.survey else old.survey end as survey,
        incoming.recorded_at
    from incoming
    left join hale_data.nps_response as old
        on old.account_id = incoming.account_id and old.response_key = incoming.response_key
),
changed as (
    insert into hale_data.nps_response as old (
        account_id, response_key, person_id, score, responded_at, comment, survey, recorded_at, import_id)
    select account_id, response_key, person_id, score, responded_at, comment, survey, recorded_at, $1::bigint
    from resolved
    on conflict (account_id, response_key) do update
    set person_id = excluded.person_id, score = excluded.score, responded_at = excluded.responded_at,
        comment = excluded.comment, survey = excluded.survey, recorded_at = excluded.recorded_at,
        import_id = excluded.import_id
    where (excluded.person_id, excluded.score, excluded.responded_at, excluded.comment, excluded.survey)
        is distinct from (old.person_id, old.score, old.responded_at, old.comment, old.survey)
    returning account_id, response_key, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'nps_response', to_jsonb(old)
    from changed
    join hale_data.nps_response as old
        on old.account_id = changed.account_id and old.response_key = changed.response_key
    where hale_data.current_import() is not null
),
touched as (
    insert into touched_account (account_id)
    select account_id from changed
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
