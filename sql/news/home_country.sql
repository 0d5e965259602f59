-- Purpose: the country of most of a CSM's accounts, by whose holidays a working day is told.
-- Grain: one row, or none. Parameters: $1 the CSM's e-mail (text; null = all).
-- not null: country
select account.country
from hale_data.account as account
left join hale_data.csm as csm on csm.csm_id = account.csm_id
where account.country is not null and ($1::text is null or csm.email = lower($1::text))
group by account.country
order by count(*) desc, account.country
limit 1
