-- Purpose: 1.1 contracts, 2 NPS responses, a ticket, 3 invoices and 2 touchpoints an account.
-- Variables: accounts, as_of. After: hashes.sql, accounts.sql.
insert into hale_data.contract (account_id, contract_id, external_id) overriding system value
select account_id, contract_id, 'C-' || contract_id
from (
    select number as account_id, number as contract_id
    from generate_series(1, :accounts) as number
    union all
    select number, :accounts + number
    from generate_series(1, :accounts) as number
    where pg_temp.share(number, 7) < 0.1
) as made;

insert into hale_data.contract_version (
    account_id, contract_id, valid_from, recorded_at, product, arr_minor, currency, seats, starts_on, ends_on,
    term_months, auto_renew, notice_days, notice_given_on)
select
    account_id, contract_id, '-infinity', :'as_of'::date - interval '400 days',
    case when contract_id > :accounts then 'add-on' else 'core' end,
    (100000 + pg_temp.share(contract_id, 8) * 9900000)::bigint,
    'EUR',
    8 + (pg_temp.bits(contract_id, 9) & 7)::integer,
    :'as_of'::date - 360 + ends_in,
    :'as_of'::date + 5 + ends_in,
    12,
    pg_temp.share(contract_id, 10) < 0.5,
    30,
    case when pg_temp.share(contract_id, 11) < 0.02 then :'as_of'::date - 10 end
from hale_data.contract
cross join lateral (select (pg_temp.share(contract_id, 12) * 350)::integer as ends_in) as term;

-- Three in ten had a term before, of which one in seven was said to be lost.
with
former as (
    insert into hale_data.contract (account_id, contract_id, external_id) overriding system value
    select account_id, 10 * :accounts + contract_id, 'F-' || contract_id
    from hale_data.contract_version
    where pg_temp.share(contract_id, 14) < 0.3
    returning account_id, contract_id
)
insert into hale_data.contract_version (
    account_id, contract_id, valid_from, recorded_at, product, arr_minor, currency, seats, starts_on, ends_on,
    term_months, outcome, decided_on)
select
    former.account_id, former.contract_id, '-infinity', :'as_of'::date - interval '800 days', own.product,
    own.arr_minor, own.currency, own.seats, own.starts_on - 365, own.starts_on, 12,
    case when pg_temp.share(own.contract_id, 13) < 0.85 then 'renewed' else 'lost' end, own.starts_on - 20
from former
join hale_data.contract_version as own
    on own.account_id = former.account_id and own.contract_id = former.contract_id - 10 * :accounts;

insert into hale_data.nps_response (account_id, response_key, person_id, score, responded_at, recorded_at)
select
    account_id, 'R-' || person_id, person_id,
    10 - floor(11 * power(pg_temp.share(person_id, 15), 1.8))::integer,
    :'as_of'::date - (1 + 600 * pg_temp.share(person_id, 16)) * interval '1 day',
    :'as_of'::date
from hale_data.person
where pg_temp.share(person_id, 17) < 0.2;

insert into hale_data.ticket (account_id, external_id, opened_at, closed_at, priority, recorded_at)
select
    account_id, 'T-' || account_id, opened_at,
    case when pg_temp.share(account_id, 18) < 0.7 then opened_at + interval '1 hour' end,
    1 + abs(pg_temp.bits(account_id, 19) % 3), opened_at
from hale_data.account
cross join lateral (
    select :'as_of'::date - (0.1 + 80 * pg_temp.share(account_id, 20)) * interval '1 day' as opened_at
) as made;

insert into hale_data.invoice (account_id, external_id, due_on, paid_on, amount_minor, currency, recorded_at)
select
    account_id, 'I-' || account_id || '-' || number, due_on,
    case when pg_temp.share(account_id * 4 + number, 21) < 0.95 then due_on + 3 end, 10000, 'EUR', due_on
from hale_data.account
cross join generate_series(1, 3) as number
cross join lateral (
    select :'as_of'::date - number * 30 + (25 * pg_temp.share(account_id, 22))::integer as due_on
) as made;

insert into hale_data.touchpoint (account_id, touchpoint_key, occurred_at, kind, person_id, recorded_at)
select
    account_id, 'X-' || account_id || '-' || number,
    :'as_of'::date - (1 + 100 * pg_temp.share(account_id * 4 + number, 23)) * interval '1 day',
    (array['call', 'email', 'reply', 'meeting'])[1 + (pg_temp.bits(account_id * 4 + number, 24) & 3)],
    account_id * 10 - 9,
    :'as_of'::date
from hale_data.account
cross join generate_series(1, 2) as number;
