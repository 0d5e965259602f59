-- Purpose: reports people that are twice in the file with different values.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select
    later.line, 'person_id',
    'person "' || later.person_id || '" is already on line ' || first.line || ' with other values'
from staged as later
join (
    select distinct on (staged.account_id, staged.person_id) staged.*
    from staged
    order by staged.account_id, staged.person_id, staged.line
) as first
    on first.account_id = later.account_id and first.person_id = later.person_id and first.line < later.line
    and (first.name, first.email, first.role, first.left_on)
        is distinct from (later.name, later.email, later.role, later.left_on)
