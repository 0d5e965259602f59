-- Purpose: chains of terms of 183 days, one chain an account, whose ends lie on every one of the days before a day:
--   account a begins on the day of its number. Each term is a contract of its own, known 20 days before it begins. Of
--   the accounts beyond the first 366 three of ten leave at a term's end and nobody follows.
-- Variables: accounts, as_of, days. After: hashes.sql, accounts.sql.
create temp table term as
with recursive
chain as (
    select
        number as account_id, 0 as place,
        :'as_of'::date - :days - 183 + (number % 183)::integer as starts_on
    from generate_series(1, :accounts) as number
    union all
    select account_id, place + 1, starts_on + 183
    from chain
    where starts_on + 183 < :'as_of'::date
        and (account_id <= 366 or pg_temp.share(account_id * 64 + place, 30) >= 0.3)
)
select account_id, row_number() over (order by account_id, place) as contract_id, starts_on
from chain;

insert into hale_data.contract (account_id, contract_id, external_id) overriding system value
select account_id, contract_id, 'C-' || contract_id
from term;

insert into hale_data.contract_version (
    account_id, contract_id, valid_from, recorded_at, product, arr_minor, currency, seats, starts_on, ends_on,
    auto_renew, notice_days)
select
    account_id, contract_id, '-infinity', starts_on - interval '20 days', 'core',
    (100000 + pg_temp.share(account_id, 8) * 9900000)::bigint, 'EUR', 10, starts_on, starts_on + 183, false, 30
from term;
