-- Purpose: an NPS response, a ticket, an invoice and a contact of every account in each month, known when they happened.
-- Variables: accounts, as_of, days. After: hashes.sql, accounts.sql.
create temp table moment as
select
    number as account_id, month, :'as_of'::date - (30 * month + pg_temp.share(number * 64 + month, 32) * 29)::integer - 1
        + interval '10 hours' as instant
from generate_series(1::bigint, :accounts) as number
cross join generate_series(0, (:days + 153) / 30) as month;

insert into hale_data.nps_response (account_id, response_key, person_id, score, responded_at, recorded_at)
select
    account_id, 'R-' || month, account_id * 10 - 1 - month % 10,
    10 - floor(11 * power(pg_temp.share(account_id * 64 + month, 33), 1.8))::integer, instant, instant
from moment;

insert into hale_data.ticket (account_id, external_id, opened_at, closed_at, priority, recorded_at)
select
    account_id, 'T-' || account_id || '-' || month, instant, instant + interval '5 days',
    1 + abs(pg_temp.bits(account_id * 64 + month, 34) % 3), instant
from moment;

insert into hale_data.invoice (account_id, external_id, due_on, paid_on, amount_minor, currency, recorded_at)
select
    account_id, 'I-' || account_id || '-' || month, instant::date,
    case when pg_temp.share(account_id * 64 + month, 35) < 0.95 then instant::date + 3 end, 10000, 'EUR', instant
from moment;

insert into hale_data.touchpoint (account_id, touchpoint_key, occurred_at, kind, person_id, recorded_at)
select
    account_id, 'X-' || account_id || '-' || month, instant,
    (array['call', 'email', 'reply', 'meeting'])[1 + month % 4], account_id * 10 - 9, instant
from moment;
