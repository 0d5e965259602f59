-- Purpose: the accounts that a CSM is responsible for on a day. Grain: one row per account.
-- Parameters: $1 day (date), $2 e-mail (text).
-- not null: account_id
select responsible.account_id
from hale_data.responsible_csm_on($1::date) as responsible
where responsible.csm_id = (select csm.csm_id from hale_data.csm as csm where csm.email = lower($2::text))
order by responsible.account_id
