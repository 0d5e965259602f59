-- Purpose: reports staged rows that name an account nobody imported.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select
    staged.line,
    'account_id',
    'account "' || staged.account_id || '" is not known: import it first, or use --create-missing accounts'
from staged
left join hale_data.account_key as known on known.external_id = staged.account_id
where staged.account_id is not null and known.account_id is null
