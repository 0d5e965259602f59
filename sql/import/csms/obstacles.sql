-- Purpose: what hangs on the CSMs that an import created, so that it cannot be undone.
-- Grain: one row per CSM and reason. Parameters: $1 receipt (bigint), $2 how many (bigint).
-- not null: reason
with
fresh as (
    select csm_id, email
    from hale_data.csm
    where import_id = $1::bigint
)
select 'CSM "' || fresh.email || '" looks after account "' || min(account.external_id) || '"' as reason
from fresh
join hale_data.account as account on account.csm_id = fresh.csm_id
group by fresh.csm_id, fresh.email
union all
select 'CSM "' || fresh.email || '" covers account "' || min(account.external_id) || '" until ' || max(cover.until_on)
from fresh
join hale_data.account_cover as cover on cover.csm_id = fresh.csm_id
join hale_data.account as account on account.account_id = cover.account_id
group by fresh.csm_id, fresh.email
union all
select 'a touchpoint names CSM "' || fresh.email || '"'
from fresh
where exists (select from hale_data.touchpoint as touchpoint where touchpoint.csm_id = fresh.csm_id)
order by reason
limit $2::bigint
