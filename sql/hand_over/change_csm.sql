-- Purpose: gives accounts another CSM for good and writes a note to each. They are noted as changed, as by an import.
-- Grain: one row per account asked for, in order of its id. Parameters: $1 account ids (text[]), $2 e-mail of the CSM,
--   $3 why (text; null = nobody says), $4 who (text; null = nobody says).
-- not null: account_id, name, is_changed
with
asked as (
    select
        account.account_id, account.external_id, account.name, own.email as csm, target.csm_id, target.email,
        account.csm_id is distinct from target.csm_id as is_changed
    from hale_data.account as account
    join hale_data.csm as target on target.email = lower($2::text)
    left join hale_data.csm as own on own.csm_id = account.csm_id
    where account.external_id = any ($1::text[])
    for update of account
),
changed as (
    update hale_data.account as account
    set csm_id = asked.csm_id, recorded_at = now()
    from asked
    where account.account_id = asked.account_id and asked.is_changed
),
touched as (
    insert into hale_data.account_change as old (account_id, changed_by)
    select asked.account_id, pg_current_xact_id()
    from asked
    where asked.is_changed
    order by asked.account_id
    on conflict (account_id) do update
    set changed_by = excluded.changed_by
),
noted as (
    insert into hale_data.account_note (account_id, note, noted_by, noted_at)
    select
        asked.account_id,
        'handed over from ' || coalesce(asked.csm, 'nobody') || ' to ' || asked.email || coalesce(': ' || $3::text, ''),
        $4::text, now()
    from asked
    where asked.is_changed
)
select asked.external_id as account_id, asked.name, asked.csm, asked.is_changed
from asked
order by asked.external_id
