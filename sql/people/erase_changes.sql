-- Purpose: drops a person from what imports overwrote: the person's own name, address, id and comments, and mentions
--   in every other text of the account.
-- Grain: one row per image. Parameters: $1 account, $2 person (bigint), $3 pattern of mentions (text).
with
image as (
    select
        change.ctid as place,
        (
            select jsonb_object_agg(
                entry.key,
                case
                    when (change.before ->> 'person_id')::bigint = $2::bigint
                        and entry.key in ('external_id', 'name', 'email', 'comment') then 'null'::jsonb
                    when jsonb_typeof(entry.value) = 'string'
                        then to_jsonb(regexp_replace(entry.value #>> '{}', $3::text, '[erased]', 'gi'))
                    else entry.value
                end)
            from jsonb_each(change.before) as entry
        ) as erased
    from hale_data.import_change as change
    where (change.before ->> 'account_id')::bigint = $1::bigint
)
update hale_data.import_change as change
set before = image.erased
from image
where change.ctid = image.place and change.before is distinct from image.erased
