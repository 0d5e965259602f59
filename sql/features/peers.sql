-- Purpose: what the accounts' levels of use are compared by: their segments, and the seats of their live contracts.
-- Grain: one row per account, in order of account_id. Parameters: $1 as of (date).
-- not null: account_id
select account.account_id, account.segment, bought.seats
from hale_data.account as account
left join (
    select contract.account_id, sum(contract.seats)::bigint as seats
    from hale_data.contract_on($1::date) as contract
    where contract.is_live
    group by contract.account_id
) as bought
    on bought.account_id = account.account_id
order by account.account_id
