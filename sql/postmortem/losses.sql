-- Purpose: the renewals that were decided as lost, or cut short, in a range of days.
-- Grain: one row per contract and renewal date, in order of the decision. Parameters: $1 day up to which facts count
--   (date), $2 first (null = any), $3 last day of the decision (date), $4 account (bigint; null = all).
-- not null: account_key, account_id, name, contract_id, renewal_on, lost_on, basis
select
    decided.account_id as account_key, account.external_id as account_id, account.name, decided.segment, decided.csm,
    contract.external_id as contract_id, decided.renewal_on, decided.decided_on as lost_on,
    decided.basis, decided.arr_minor
from hale_data.decided_renewal_on($1::date) as decided
join hale_data.account as account on account.account_id = decided.account_id
join hale_data.contract as contract
    on contract.account_id = decided.account_id and contract.contract_id = decided.contract_id
where decided.outcome = 'lost' and decided.decided_on <= $3::date
    and ($2::date is null or decided.decided_on >= $2::date)
    and ($4::bigint is null or decided.account_id = $4::bigint)
order by decided.decided_on, account.external_id, contract.external_id
