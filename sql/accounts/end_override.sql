-- Purpose: takes back what was set by hand of an account's band, from a day on. The account is noted as changed.
-- Grain: one row per override taken back. Parameters: $1 account id (text), $2 the first day without it (date),
--   $3 who (text).
-- not null: band, starts_on, until_on, reason, set_by
with
account as (
    select account_id
    from hale_data.account
    where external_id = $1::text
    for update
),
noted as (
    insert into hale_data.account_change as old (account_id, changed_by)
    select account.account_id, pg_current_xact_id()
    from account
    on conflict (account_id) do update
    set changed_by = excluded.changed_by
)
update hale_data.band_override as old
set ended_on = greatest(old.starts_on, $2::date), ended_by = $3::text, ended_at = now()
from account
where old.account_id = account.account_id
    and old.until_on >= $2::date
    and (old.ended_on is null or old.ended_on > $2::date)
returning old.band, old.starts_on, old.until_on, old.reason, old.set_by
