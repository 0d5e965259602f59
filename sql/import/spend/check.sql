-- Purpose: reports amounts without a currency or too large to be one, and months of a channel that have two amounts.
-- Grain: one problem per row. Parameters: $1 reporting currency, used where a row names none (text, may be null).
insert into problem (line, column_name, reason)
select staged.line, 'currency', 'an amount without a currency'
from staged
where staged.currency is null and $1::text is null
union all
select staged.line, 'amount', 'amount ' || staged.amount || ' is too large'
from staged
where staged.amount::numeric > 1e13
union all
select
    later.line, 'amount',
    later.channel || ' in ' || to_char(later.month::date, 'YYYY-MM') || ' is already on line ' || first.line
        || ' with another amount'
from staged as later
join (
    select distinct on (staged.channel, date_trunc('month', staged.month::date)) staged.*
    from staged
    order by staged.channel, date_trunc('month', staged.month::date), staged.line
) as first
    on date_trunc('month', first.month::date) = date_trunc('month', later.month::date)
    and first.channel = later.channel and first.line < later.line
    and (first.amount::numeric, first.currency) is distinct from (later.amount::numeric, later.currency)
