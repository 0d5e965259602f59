-- Purpose: finds the account of rows that name only a contract.
update staged
set account_id = account.external_id
from hale_data.contract as contract
join hale_data.account as account on account.account_id = contract.account_id
where staged.account_id is null and contract.external_id = staged.contract_id
