-- Purpose: the accounts whose own CSM somebody is, whoever covers. Grain: one row per account.
-- Parameters: $1 e-mail (text).
-- not null: account_id
select account.external_id as account_id
from hale_data.account as account
join hale_data.csm as csm on csm.csm_id = account.csm_id
where csm.email = lower($1::text)
order by account.external_id
