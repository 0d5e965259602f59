-- Purpose: reports contracts without an amount or currency, that end before they start, that are twice in
--   the file with
--   different values, or that belong to another account already.
-- Grain: one problem per row. Parameters: $1 reporting currency, used where a row names none (text, may be null).
insert into problem (line, column_name, reason)
select staged.line, 'arr', 'neither arr nor mrr is given'
from staged
where staged.arr is null and staged.mrr is null
union all
select staged.line, 'arr', 'amount ' || coalesce(staged.arr, staged.mrr) || ' is too large'
from staged
where coalesce(staged.arr::numeric, staged.mrr::numeric * 12) > 1e13
union all
select
    staged.line, 'currency',
    'no currency: add a column, a constant in the mapping, or run hale config set reporting_currency'
from staged
where staged.currency is null and $1::text is null
union all
select staged.line, 'ends_on', 'ends on ' || staged.ends_on || ', before it starts on ' || staged.starts_on
from staged
where staged.ends_on::date < staged.starts_on::date
union all
select
    later.line, 'contract_id',
    'contract "' || later.contract_id || '" is already on line ' || first.line || ' with other values'
from staged as later
join (
    select distinct on (staged.contract_id) staged.*
    from staged
    order by staged.contract_id, staged.line
) as first
    on first.contract_id = later.contract_id and first.line < later.line
    and (
        first.account_id, first.arr, first.mrr, first.currency, first.product, first.seats, first.starts_on,
        first.ends_on, first.term_months, first.auto_renew, first.notice_days, first.notice_given_on,
        first.renewal_signed_on, first.cancelled_on, first.outcome, first.decided_on
    ) is distinct from (
        later.account_id, later.arr, later.mrr, later.currency, later.product, later.seats, later.starts_on,
        later.ends_on, later.term_months, later.auto_renew, later.notice_days, later.notice_given_on,
        later.renewal_signed_on, later.cancelled_on, later.outcome, later.decided_on
    )
union all
select
    staged.line, 'contract_id',
    'contract "' || staged.contract_id || '" already belongs to account "' || owner.external_id || '"'
from staged
join hale_data.contract as known on known.external_id = staged.contract_id
join hale_data.account as owner on owner.account_id = known.account_id
where owner.external_id <> staged.account_id
