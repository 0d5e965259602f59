-- Purpose: takes back the people that an import created and that no fact names.
-- Grain: one row per person taken back. Parameters: $1 receipt (bigint).
delete from hale_data.person as person
where person.import_id = $1::bigint
    and not exists (
        select from hale_data.person_month as fact
        where fact.account_id = person.account_id and fact.person_id = person.person_id)
    and not exists (
        select from hale_data.nps_response as fact
        where fact.account_id = person.account_id and fact.person_id = person.person_id)
    and not exists (
        select from hale_data.touchpoint as fact
        where fact.account_id = person.account_id and fact.person_id = person.person_id)
