-- Purpose: takes back the terms of contracts that an import added, and the contracts that have no terms left.
-- Grain: one row per version taken back. Parameters: $1 receipt (bigint).
-- not null: account_id
with
removed as (
    delete from hale_data.contract_version as version
    where version.import_id = $1::bigint
    returning version.account_id, version.contract_id
),
emptied as (
    delete from hale_data.contract as contract
    using (select distinct account_id, contract_id from removed) as touched
    where contract.account_id = touched.account_id and contract.contract_id = touched.contract_id
        and not exists (
            select from hale_data.contract_version as other
            where other.account_id = contract.account_id and other.contract_id = contract.contract_id
                and other.import_id is distinct from $1::bigint)
)
select account_id
from removed
