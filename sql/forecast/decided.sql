-- Purpose: the renewals due in some days that were decided up to a day.
-- Grain: one row per contract and term end, in order of the term end. Parameters: $1 day (date), $2 first, $3 day after
--   the last renewal date (date), $4 day after which they were decided (date; null = any).
-- not null: contract_id, account_id, account, renewal_on, decided_on, outcome
select
    known.external_id as contract_id, account.external_id as account_id, account.name as account, decided.segment,
    decided.csm, decided.renewal_on, decided.decided_on, decided.outcome, decided.arr_minor
from hale_data.decided_renewal_on($1::date) as decided
join hale_data.contract as known
    on known.account_id = decided.account_id and known.contract_id = decided.contract_id
join hale_data.account as account on account.account_id = decided.account_id
where decided.renewal_on >= $2::date and decided.renewal_on < $3::date
    and ($4::date is null or decided.decided_on > $4::date)
order by decided.renewal_on, known.external_id
