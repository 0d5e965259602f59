-- Purpose: an id of a person that is an e-mail address has no case: staged rows name the person who has it already, or
--   spell it as the first row of the file does.
-- Grain: one row per staged row whose id changed.
update staged
set person_id = settled.external_id
from (
    select distinct on (named.line)
        named.line,
        coalesce(
            person.external_id,
            first_value(named.person_id) over (
                partition by named.account_id, lower(named.person_id) order by named.line)) as external_id
    from staged as named
    left join hale_data.account_key as key on key.external_id = named.account_id
    left join hale_data.person as person
        on person.account_id = key.account_id and strpos(person.external_id, '@') > 0
        and lower(person.external_id) = lower(named.person_id)
    where strpos(named.person_id, '@') > 0
    order by named.line, person.person_id
) as settled
where staged.line = settled.line and staged.person_id <> settled.external_id
