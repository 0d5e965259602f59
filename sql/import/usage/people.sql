-- Purpose: the ids of people, in the order in which they are asked for. Who is not known is given an id and written
--   only when the import ends, so that imports which create people do not wait for each other meanwhile. An id that is
--   an e-mail address has no case.
-- Grain: one row. Parameters: $1 account of each (bigint[]), $2 person ids of the outside world (text[]).
-- not null: ids
with
asked as (
    select
        name.account_id, name.external_id, name.place,
        case when strpos(name.external_id, '@') > 0 then lower(name.external_id) end as address
    from unnest($1::bigint[], $2::text[]) with ordinality as name (account_id, external_id, place)
),
by_id as (
    select asked.place, coalesce(person.person_id, mine.person_id) as person_id
    from asked
    left join hale_data.person as person
        on person.account_id = asked.account_id and person.external_id = asked.external_id
    left join new_person as mine on mine.account_id = asked.account_id and mine.external_id = asked.external_id
    where asked.address is null
),
by_address as (
    select asked.place, coalesce(min(person.person_id), min(mine.person_id)) as person_id
    from asked
    left join hale_data.person as person
        on person.account_id = asked.account_id
        and strpos(person.external_id, '@') > 0 and lower(person.external_id) = asked.address
    left join new_person as mine
        on mine.account_id = asked.account_id
        and strpos(mine.external_id, '@') > 0 and lower(mine.external_id) = asked.address
    where asked.address is not null
    group by asked.place
),
known as (
    select
        asked.place, asked.account_id, asked.external_id, coalesce(asked.address, asked.external_id) as name,
        coalesce(by_id.person_id, by_address.person_id) as person_id
    from asked
    left join by_id on by_id.place = asked.place
    left join by_address on by_address.place = asked.place
),
missing as (
    select distinct on (account_id, name) account_id, name, external_id
    from known
    where person_id is null
    order by account_id, name, place
),
created as (
    insert into new_person (account_id, external_id, person_id)
    select account_id, external_id, nextval(pg_get_serial_sequence('hale_data.person', 'person_id'))
    from missing
    returning account_id, external_id, person_id
)
select array_agg(coalesce(known.person_id, created.person_id) order by known.place) as ids
from known
left join missing on missing.account_id = known.account_id and missing.name = known.name
left join created on created.account_id = missing.account_id and created.external_id = missing.external_id
