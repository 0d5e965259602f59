-- Purpose: keeps how somebody reads an account. The account is noted as changed, so that an incremental run scores it.
-- Grain: one row, none where the account is not known. Parameters: $1 account id (text), $2 value (integer), $3 note,
--   $4 who (text), $5 the day on which it was so (date; null = now).
-- not null: given_on
with
account as (
    select account_id
    from hale_data.account
    where external_id = $1::text
),
noted as (
    insert into hale_data.account_change as old (account_id, changed_by)
    select account.account_id, pg_current_xact_id()
    from account
    on conflict (account_id) do update
    set changed_by = excluded.changed_by
)
insert into hale_data.pulse (account_id, value, note, given_by, given_at)
select account.account_id, $2::integer, $3::text, $4::text, coalesce(hale_data.day_start($5::date), now())
from account
returning hale_data.day_of(given_at) as given_on
