-- Purpose: how many new alerts receivers were told of on a day.
-- Grain: one row per CSM; accounts without one are one together, with null. Parameters: $1 day (date).
-- not null: alerts
select csm.email as csm, count(*) as alerts
from hale_data.alert as alert
join hale_data.account as account on account.account_id = alert.account_id
left join hale_data.csm as csm on csm.csm_id = account.csm_id
where alert.announced_on = $1::date and alert.digest_reason is null
group by csm.email
order by csm.email
