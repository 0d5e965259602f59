-- Purpose: 1,000 CSMs, 12 features of which 5 are key, holidays, accounts and 10 people each.
-- Variables: accounts, as_of. After: hashes.sql.
insert into hale_data.csm (csm_id, email, name) overriding system value
select number, 'csm' || number || '@example.com', 'CSM ' || number
from generate_series(1, 1000) as number;

insert into hale_data.feature (feature_id, name, is_key) overriding system value
select number, 'feature ' || number, number <= 5
from generate_series(1, 12) as number;

insert into hale_data.holiday (country, day)
select country, day::date
from unnest(array['DE', 'US', 'FR']) as country
cross join generate_series(:'as_of'::date - 360, :'as_of'::date, interval '37 days') as day;

insert into hale_data.account_key (external_id, account_id) overriding system value
select 'A-' || lpad(number::text, 8, '0'), number
from generate_series(1, :accounts) as number;

insert into hale_data.account (
    account_id, external_id, name, segment, country, csm_id, created_on, recorded_at)
select
    number,
    'A-' || lpad(number::text, 8, '0'),
    'Account ' || number,
    (array['enterprise', 'mid-market', 'small', null])[1 + (pg_temp.bits(number, 1) & 3)],
    (array['DE', 'US', 'FR', null])[1 + (pg_temp.bits(number, 2) & 3)],
    1 + number % 1000,
    :'as_of'::date - 100 - (pg_temp.share(number, 3) * 1500)::integer,
    :'as_of'::date - interval '100 days'
from generate_series(1, :accounts) as number;

insert into hale_data.person (
    account_id, person_id, external_id, name, role, left_on, recorded_at) overriding system value
select
    1 + (number - 1) / 10,
    number,
    'P-' || number,
    'Person ' || number,
    case number % 10 when 1 then 'champion' when 2 then 'economic_buyer' when 3 then 'admin' else 'user' end,
    case when number % 10 = 1 and pg_temp.share(number, 4) < 0.03 then :'as_of'::date - 20 end,
    :'as_of'::date - interval '100 days'
from generate_series(1, :accounts * 10) as number;
