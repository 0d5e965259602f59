-- Purpose: keeps a note about an account. No score depends on it.
-- Grain: one row, none where the account is not known. Parameters: $1 account id, $2 note, $3 who (text), $4 the day
--   that it is about (date; null = now).
-- not null: noted_on
insert into hale_data.account_note (account_id, note, noted_by, noted_at)
select account.account_id, $2::text, $3::text, coalesce(hale_data.day_start($4::date), now())
from hale_data.account as account
where account.external_id = $1::text
returning hale_data.day_of(noted_at) as noted_on
