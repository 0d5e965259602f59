-- Purpose: reports amounts without a currency, invoices that are twice in the file with different values,
--   or that belong to
--   another account already.
-- Grain: one problem per row. Parameters: $1 reporting currency, used where a row names none (text, may be null).
insert into problem (line, column_name, reason)
select staged.line, 'currency', 'an amount without a currency'
from staged
where staged.amount is not null and staged.currency is null and $1::text is null
union all
select staged.line, 'amount', 'amount ' || staged.amount || ' is too large'
from staged
where abs(staged.amount::numeric) > 1e13
union all
select
    later.line, 'invoice_id',
    'invoice "' || later.invoice_id || '" is already on line ' || first.line || ' with other values'
from staged as later
join (
    select distinct on (staged.invoice_id) staged.*
    from staged
    order by staged.invoice_id, staged.line
) as first
    on first.invoice_id = later.invoice_id and first.line < later.line
    and (first.account_id, first.due_on, first.paid_on, first.amount, first.currency)
        is distinct from (later.account_id, later.due_on, later.paid_on, later.amount, later.currency)
union all
select
    staged.line, 'invoice_id',
    'invoice "' || staged.invoice_id || '" already belongs to account "' || owner.external_id || '"'
from staged
join hale_data.invoice as known on known.external_id = staged.invoice_id
join hale_data.account as owner on owner.account_id = known.account_id
where owner.external_id <> staged.account_id
