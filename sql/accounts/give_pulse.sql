-- Purpose: keeps how somebody reads an account, and says until when that counts by the account's model. The account is
--   noted as changed, so that an incremental run scores it.
-- Grain: one row, none where the account is not known. Parameters: $1 account id (text), $2 value (integer), $3 note,
--   $4 who (text), $5 the day on which it was so (date; null = now).
-- not null: given_on, valid_until
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
),
given as (
    insert into hale_data.pulse (account_id, value, note, given_by, given_at)
    select account.account_id, $2::integer, $3::text, $4::text, coalesce(hale_data.day_start($5::date), now())
    from account
    returning account_id, hale_data.day_of(given_at) as given_on
)
select given.given_on, given.given_on + model.sentiment_valid_days as valid_until
from given
cross join (select hale_data.day_of(now()) as today) as clock
left join lateral hale_data.account_model_on(clock.today) as other on other.account_id = given.account_id
join lateral hale_data.model_on(clock.today) as model on model.number = coalesce(other.number, 1)
