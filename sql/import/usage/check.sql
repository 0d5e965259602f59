-- Purpose: reports usage without an account, unknown contracts, and event ids that are twice with different values.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select
    staged.line,
    case when staged.contract_id is null then 'account_id' else 'contract_id' end,
    case
        when staged.contract_id is null then 'neither account_id nor contract_id is given'
        else 'contract "' || staged.contract_id || '" is not known: import contracts first'
    end
from staged
where staged.account_id is null
union all
select
    later.line, 'event_id',
    'event "' || later.event_id || '" is already on line ' || first.line || ' with other values'
from staged as later
join staged as first
    on first.account_id = later.account_id and first.event_id = later.event_id and first.line < later.line
    and (first.person_id, first.feature, first.occurred_at, first.quantity)
        is distinct from (later.person_id, later.feature, later.occurred_at, later.quantity)
