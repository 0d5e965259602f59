-- Purpose: reports tickets closed before they were opened, that are twice in the file with different
--   values, or that belong to
--   another account already.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select staged.line, 'closed_at', 'closed at ' || staged.closed_at || ', before it was opened at ' || staged.opened_at
from staged
where staged.closed_at::timestamptz < staged.opened_at::timestamptz
union all
select
    later.line, 'ticket_id',
    'ticket "' || later.ticket_id || '" is already on line ' || first.line || ' with other values'
from staged as later
join (
    select distinct on (staged.ticket_id) staged.*
    from staged
    order by staged.ticket_id, staged.line
) as first
    on first.ticket_id = later.ticket_id and first.line < later.line
    and (first.account_id, first.opened_at, first.closed_at, first.priority, first.subject)
        is distinct from (later.account_id, later.opened_at, later.closed_at, later.priority, later.subject)
union all
select
    staged.line, 'ticket_id',
    'ticket "' || staged.ticket_id || '" already belongs to account "' || owner.external_id || '"'
from staged
join hale_data.ticket as known on known.external_id = staged.ticket_id
join hale_data.account as owner on owner.account_id = known.account_id
where owner.external_id <> staged.account_id
