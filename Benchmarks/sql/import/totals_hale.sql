-- Purpose: what was stored: events, their quantity, people and person-days.
select
    (select count(*) from hale_data.usage_event),
    (select sum(quantity) from hale_data.usage_event),
    (select count(*) from hale_data.person),
    (select sum(bit_count(active_days::bit(32))) from hale_data.person_month),
    (select sum(total) from hale_data.usage_month cross join unnest(people) as total),
    (select sum(total) from hale_data.usage_month cross join unnest(events) as total),
    (select sum(events) from hale_data.feature_month);
