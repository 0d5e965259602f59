-- Purpose: which people that an import created are named by facts, so that it cannot be undone.
-- Grain: one row per person. Parameters: $1 receipt (bigint), $2 how many (bigint).
-- not null: reason
select
    used.what || ' name person "' || coalesce(person.external_id, 'erased') || '" of account "'
    || account.external_id || '"' as reason
from hale_data.person as person
join hale_data.account as account on account.account_id = person.account_id
cross join lateral (
    select 'usage rows' as what
    where exists (
        select from hale_data.person_month as fact
        where fact.account_id = person.account_id and fact.person_id = person.person_id)
    union all
    select 'NPS responses'
    where exists (
        select from hale_data.nps_response as fact
        where fact.account_id = person.account_id and fact.person_id = person.person_id)
    union all
    select 'touchpoints'
    where exists (
        select from hale_data.touchpoint as fact
        where fact.account_id = person.account_id and fact.person_id = person.person_id)
) as used
where person.import_id = $1::bigint
order by reason
limit $2::bigint
