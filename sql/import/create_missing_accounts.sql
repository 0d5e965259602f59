-- Purpose: creates, named after their ids, the accounts that have a key and no row yet.
-- Grain: one row per account created.
with
created as (
    insert into hale_data.account (account_id, external_id, name)
    select key.account_id, key.external_id, key.external_id
    from hale_data.account_key as key
    left join hale_data.account as account on account.account_id = key.account_id
    where account.account_id is null
    on conflict (account_id) do nothing
    returning account_id
)
insert into touched_account (account_id)
select account_id from created
