-- Purpose: the same of the rows per person and day. Variables: as_of.
select
    (select count(*) from bench.person_day),
    (select sum(active_people) from bench.window_feature);
