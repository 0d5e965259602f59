-- Purpose: the raw usage of the days before a day, back to the first contract: on two of five weekdays each person has an
--   event, known when it happened.
-- Variables: accounts, as_of, days. After: hashes.sql, accounts.sql.
set timezone = 'UTC';
select hale_data.ensure_month('usage_event', month::date)
from generate_series(
    date_trunc('month', :'as_of'::date - :days - 183), :'as_of'::date - 1, interval '1 month') as month \g /dev/null

insert into hale_data.usage_event (
    account_id, day, occurred_at, person_id, feature_id, quantity, recorded_at)
select
    1 + (person - 1) / 10, day, day + interval '9 hours', person, 1 + (hash.coin >> 20 & 7), 1, day + interval '9 hours'
from generate_series(:'as_of'::date - :days - 183, :'as_of'::date - 1, interval '1 day') as calendar (instant)
cross join lateral (select calendar.instant::date as day) as one
cross join generate_series(1::bigint, :accounts * 10) as person
cross join lateral (select pg_temp.bits(person * 4096 + (day - date '2020-01-01'), 31) as coin) as hash
where extract(isodow from day) < 6 and (hash.coin & 1023) < 410;
