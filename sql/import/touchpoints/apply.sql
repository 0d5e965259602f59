-- Purpose: adds touchpoints, keyed by file and line.
-- Grain: one row of counts.
-- Parameters: $1 receipt (bigint), $2 is history (boolean), $3 checksum of the file (text).
-- not null: inserted, updated
with
added as (
    insert into hale_data.touchpoint (
        account_id, touchpoint_key, occurred_at, kind, person_id, csm_id, note, recorded_at, import_id)
    select
        key.account_id,
        '~' || left($3::text, 16) || ':' || staged.line,
        staged.occurred_at::timestamptz,
        staged.kind,
        person.person_id,
        csm.csm_id,
        staged.note,
        coalesce(
            staged.recorded_at::timestamptz,
            case when $2::boolean then staged.occurred_at::timestamptz else now() end),
        $1::bigint
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
    left join hale_data.person as person
        on person.account_id = key.account_id and person.external_id = staged.person_id
    left join hale_data.csm as csm on csm.email = lower(staged.csm_email)
    on conflict (account_id, touchpoint_key) do nothing
    returning account_id
),
touched as (
    insert into touched_account (account_id)
    select account_id from added
)
select count(*) as inserted, 0::bigint as updated
from added
