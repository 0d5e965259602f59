-- Purpose: the accounts that were really lost: the first lost renewal or cancellation of each in a range.
-- Grain: one row per account. Parameters: $1 first day, $2 last day (date).
-- not null: account_key, account_id, lost_on
select distinct on (decision.account_id)
    decision.account_id as account_key, account.external_id as account_id, decision.decided_on as lost_on
from hale_data.settled_renewal_on($2::date) as decision
join hale_data.account as account on account.account_id = decision.account_id
where decision.outcome = 'lost' and decision.decided_on between $1::date and $2::date
order by decision.account_id, decision.decided_on
