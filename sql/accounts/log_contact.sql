-- Purpose: keeps a contact with an account that somebody logs by hand.
-- Grain: one row, none where the account is not known. Parameters: $1 account id, $2 kind, $3 note, $4 who, by e-mail
--   (text; null = nobody says), $5 the day (date; null = now).
-- not null: account_key, contact_on
insert into hale_data.touchpoint (account_id, touchpoint_key, occurred_at, kind, csm_id, note, recorded_at)
select
    account.account_id, '~logged:' || gen_random_uuid(), coalesce(hale_data.day_start($5::date), now()), $2::text,
    csm.csm_id, $3::text, now()
from hale_data.account as account
left join hale_data.csm as csm on csm.email = lower($4::text)
where account.external_id = $1::text
returning account_id as account_key, hale_data.day_of(occurred_at) as contact_on
