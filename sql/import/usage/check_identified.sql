-- Purpose: reports event ids that are in the file before with other values.
-- Grain: one problem per row of the file.
insert into problem (line, column_name, reason)
select
    event.line, 'event_id',
    'event "' || event.event_id || '" is already on line ' || event.first_line || ' with other values'
from (
    select
        line, event_id,
        first_value(line) over first as first_line,
        (person_id, feature_id, occurred_at, quantity) is distinct from (
            first_value(person_id) over first, first_value(feature_id) over first,
            first_value(occurred_at) over first, first_value(quantity) over first) as is_other
    from identified
    window first as (partition by account_id, event_id order by line)
) as event
where event.is_other
