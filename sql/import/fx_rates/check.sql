-- Purpose: reports rates that are not positive, and days that have two rates.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select staged.line, 'rate', 'rate ' || staged.rate || ' must be greater than 0'
from staged
where staged.rate::numeric <= 0
union all
select
    later.line, 'rate',
    later.currency || ' on ' || later.day || ' is already on line ' || first.line || ' with another rate'
from staged as later
join staged as first
    on first.day = later.day and first.currency = later.currency and first.line < later.line
    and first.rate::numeric <> later.rate::numeric
