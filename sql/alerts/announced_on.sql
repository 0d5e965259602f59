-- Purpose: how many new alerts receivers were told of on a day.
-- Grain: one row per CSM; accounts without one are one together, with null. Parameters: $1 day (date).
-- not null: alerts
select csm.email as csm, count(*) as alerts
from hale_data.alert as alert
join hale_data.account as account on account.account_id = alert.account_id
left join hale_data.responsible_csm_on($1::date) as csm on csm.account_id = account.account_id
where alert.announced_on = $1::date and alert.digest_reason is null
group by csm.email
order by csm.email
