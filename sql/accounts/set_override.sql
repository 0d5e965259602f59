-- Purpose: sets the band of an account by hand; what was set before for any of those days ends with it. The account
--   is noted as changed, so that an incremental run plans its task again.
-- Grain: one row, none where the account is not known. Parameters: $1 account id, $2 band (text), $3 first, $4 last day
--   (date), $5 reason, $6 who (text).
-- not null: override_id, ended
with
account as (
    select account_id
    from hale_data.account
    where external_id = $1::text
    for update
),
ended as (
    update hale_data.band_override as old
    set ended_on = greatest(old.starts_on, $3::date), ended_by = $6::text, ended_at = now()
    from account
    where old.account_id = account.account_id
        and old.starts_on <= $4::date and old.until_on >= $3::date
        and (old.ended_on is null or old.ended_on > $3::date)
    returning old.override_id
),
noted as (
    insert into hale_data.account_change as old (account_id, changed_by)
    select account.account_id, pg_current_xact_id()
    from account
    on conflict (account_id) do update
    set changed_by = excluded.changed_by
)
insert into hale_data.band_override (account_id, band, starts_on, until_on, reason, set_by)
select account.account_id, $2::text, $3::date, $4::date, $5::text, $6::text
from account
returning override_id, (select count(*) from ended) as ended
