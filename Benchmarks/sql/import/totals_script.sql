-- Purpose: what was stored: events, their quantity, people and person-days.
select
    (select count(*) from bench.usage_event),
    (select sum(quantity) from bench.usage_event),
    (select count(*) from bench.person),
    (select sum(bit_count(active_days::bit(32))) from bench.person_month),
    (select sum(total) from bench.usage_month cross join unnest(people) as total),
    (select sum(total) from bench.usage_month cross join unnest(events) as total),
    (select sum(events) from bench.feature_month);
