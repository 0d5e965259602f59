-- Purpose: which renewal is next for the contracts of accounts, and how long their terms are.
-- Grain: one row per open contract. Parameters: $1 day (date), $2 first, $3 last account, $4 account ids (bigint[]; null
--   = all of the range).
-- not null: contract_id, term, renewal_number
select contract.contract_id, next.term, next.renewal_number
from hale_data.contract_on($1::date) as contract
join hale_data.next_renewal_on($1::date) as next
    on next.account_id = contract.account_id and next.contract_id = contract.contract_id
where contract.is_open
    and contract.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or contract.account_id = any ($4::bigint[]))
