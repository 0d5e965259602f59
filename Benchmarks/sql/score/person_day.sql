-- Purpose: the same facts as one row per person and active day, for the peers.
-- Unlogged: it is only read, and fills faster.
-- Variables: as_of.
create schema if not exists bench;
create unlogged table bench.person_day (
    account_id bigint not null,
    person_id bigint not null,
    day date not null,
    events integer not null,
    quantity bigint not null
);

insert into bench.person_day (account_id, person_id, day, events, quantity)
select
    person.account_id,
    person.person_id,
    person.month + bit,
    1 + person.person_id % 3,
    1 + person.person_id % 3
from (
    select account_id, month, person_id, active_days
    from hale_data.person_month
    order by account_id, person_id, month
) as person
cross join generate_series(0, 30) as bit
where person.active_days >> bit & 1 = 1;

vacuum analyze bench.person_day;
