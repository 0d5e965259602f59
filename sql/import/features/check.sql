-- Purpose: reports features that are twice in the file with different values.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select
    later.line, 'feature',
    'feature "' || later.feature || '" is already on line ' || first.line || ' with other values'
from staged as later
join (
    select distinct on (staged.feature) staged.*
    from staged
    order by staged.feature, staged.line
) as first
    on first.feature = later.feature and first.line < later.line
    and (first.is_key, first.product) is distinct from (later.is_key, later.product)
