-- Purpose: which renewal is next for the contracts of accounts, and how long their terms are.
-- Grain: one row per open contract. Parameters: $1 day (date), $2 account ids (bigint[]).
-- Asked account by account, as no condition but one account's id reaches the windows behind the numbers, and the
-- accounts of a range that may need somebody's time are few.
-- not null: contract_id, term, renewal_number
select next.contract_id, next.term, next.renewal_number
from unnest($2::bigint[]) as asked (account_id)
cross join lateral (
    select contract.contract_id, following.term, following.renewal_number
    from hale_data.contract_on($1::date) as contract
    join hale_data.next_renewal_on($1::date) as following
        on following.account_id = contract.account_id and following.contract_id = contract.contract_id
    where contract.account_id = asked.account_id and contract.is_open
    offset 0
) as next
