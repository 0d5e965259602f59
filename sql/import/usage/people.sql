-- Purpose: the ids of people, in the order in which they are asked for. Who is not known is given an id and written only
--   when the import ends, so that imports which create people do not wait for each other meanwhile.
-- Grain: one row. Parameters: $1 account of each (bigint[]), $2 person ids of the outside world (text[]).
-- not null: ids
with
asked as (
    select name.account_id, name.external_id, name.place
    from unnest($1::bigint[], $2::text[]) with ordinality as name (account_id, external_id, place)
),
known as (
    select asked.place, asked.account_id, asked.external_id, coalesce(person.person_id, mine.person_id) as person_id
    from asked
    left join hale_data.person as person
        on person.account_id = asked.account_id and person.external_id = asked.external_id
    left join new_person as mine on mine.account_id = asked.account_id and mine.external_id = asked.external_id
),
created as (
    insert into new_person (account_id, external_id, person_id)
    select
        missing.account_id, missing.external_id,
        nextval(pg_get_serial_sequence('hale_data.person', 'person_id'))
    from (select distinct account_id, external_id from known where person_id is null) as missing
    returning account_id, external_id, person_id
)
select array_agg(coalesce(known.person_id, created.person_id) order by known.place) as ids
from known
left join created on created.account_id = known.account_id and created.external_id = known.external_id
