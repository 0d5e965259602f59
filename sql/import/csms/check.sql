-- Purpose: reports CSMs that are twice in the file with different values, and unknown time zones.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select later.line, 'email', 'CSM "' || later.email || '" is already on line ' || first.line || ' with other values'
from staged as later
join (
    select distinct on (lower(staged.email)) staged.*
    from staged
    order by lower(staged.email), staged.line
) as first
    on lower(first.email) = lower(later.email) and first.line < later.line
    and (first.name, first.capacity_minutes, first.time_zone, first.locale, first.role)
        is distinct from (later.name, later.capacity_minutes, later.time_zone, later.locale, later.role)
union all
select staged.line, 'time_zone', 'time zone "' || staged.time_zone || '" is not known'
from staged
where staged.time_zone not in (select zone.name from pg_catalog.pg_timezone_names as zone)
