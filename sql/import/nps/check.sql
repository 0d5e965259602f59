-- Purpose: reports responses that are twice in the file with different values.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select
    later.line, 'response_id',
    'response "' || later.response_id || '" is already on line ' || first.line || ' with other values'
from staged as later
join (
    select distinct on (staged.account_id, staged.response_id) staged.*
    from staged
    order by staged.account_id, staged.response_id, staged.line
) as first
    on first.account_id = later.account_id and first.response_id = later.response_id and first.line < later.line
    and (first.person_id, first.score, first.responded_at, first.comment, first.survey)
        is distinct from (later.person_id, later.score, later.responded_at, later.comment, later.survey)
