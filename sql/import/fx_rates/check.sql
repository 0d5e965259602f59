-- Purpose: reports rates that are not positive or beyond what any two currencies can be apart, rates at which a
--   contract would be too large, and days that have two rates.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select staged.line, 'rate', 'rate ' || staged.rate || ' must be greater than 0'
from staged
where staged.rate::numeric <= 0
union all
select staged.line, 'rate', 'rate ' || staged.rate || ' is not between 0.000000001 and 1000000000'
from staged
where staged.rate::numeric > 0 and staged.rate::numeric not between 1e-9 and 1e9
union all
select
    staged.line, 'rate',
    'at rate ' || staged.rate || ' a contract of ' || trim_scale(largest.major) || ' ' || staged.currency
        || ' would be too large'
from staged
join (
    select version.currency, hale_data.major(max(version.arr_minor), version.currency) as major
    from hale_data.contract_version as version
    group by version.currency
) as largest on largest.currency = staged.currency
where staged.rate::numeric <= 1e9 and largest.major * staged.rate::numeric > 1e15
union all
select
    later.line, 'rate',
    later.currency || ' on ' || later.day || ' is already on line ' || first.line || ' with another rate'
from staged as later
join (
    select distinct on (staged.day, staged.currency) staged.*
    from staged
    order by staged.day, staged.currency, staged.line
) as first
    on first.day = later.day and first.currency = later.currency and first.line < later.line
    and first.rate::numeric <> later.rate::numeric
