-- Purpose: the same of DuckDB's table. Variables: as_of.
select
    (select count(*) from person_day),
    (select sum(active_people) from window_feature);
