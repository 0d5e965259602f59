-- Purpose: gives an internal id to every new account.
insert into hale_data.account_key (external_id)
select distinct account_id
from staged
on conflict (external_id) do nothing
