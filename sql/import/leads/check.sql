-- Purpose: reports leads that are qualified or won before they came, that are twice in the file with different
--   values, or whose id is somebody's e-mail address: what nobody needs to know is not kept.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select staged.line, 'lead_id', 'lead_id is an e-mail address: use an id that names nobody'
from staged
where staged.lead_id like '%@%'
union all
select
    staged.line, 'qualified_on', 'qualified on ' || staged.qualified_on || ', before it came on ' || staged.created_on
from staged
where staged.qualified_on::date < staged.created_on::date
union all
select staged.line, 'won_on', 'won on ' || staged.won_on || ', before it came on ' || staged.created_on
from staged
where staged.won_on::date < staged.created_on::date
union all
select
    later.line, 'lead_id',
    'lead "' || later.lead_id || '" is already on line ' || first.line || ' with other values'
from staged as later
join (
    select distinct on (staged.lead_id) staged.*
    from staged
    order by staged.lead_id, staged.line
) as first
    on first.lead_id = later.lead_id and first.line < later.line
    and (first.created_on, first.channel, first.qualified_on, first.won_on)
        is distinct from (later.created_on, later.channel, later.qualified_on, later.won_on)
