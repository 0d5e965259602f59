-- Purpose: gives an internal id to every new contract.
insert into hale_data.contract (account_id, external_id)
select distinct key.account_id, staged.contract_id
from staged
join hale_data.account_key as key on key.external_id = staged.account_id
on conflict (account_id, external_id) do nothing
