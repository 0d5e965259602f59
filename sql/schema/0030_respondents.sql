-- Respondents that go by an e-mail address, in whatever case, and NPS shown as NPS.
-- Why: the same person was two respondents where one file wrote the address in capitals and another did not; and what
--   was called a net promoter score was an estimate of it.

create index person_address on hale_data.person (account_id, lower(external_id)) where strpos(external_id, '@') > 0;

-- Answers and contacts of such people go to the one who was there first, with what is known of the others.
create temp table same_person on commit drop as
select account_id, person_id, name, email, role, left_on, first_id
from (
    select
        person.account_id, person.person_id, person.name, person.email, person.role, person.left_on,
        min(person.person_id) over (
            partition by person.account_id, lower(person.external_id)) as first_id
    from hale_data.person as person
    where strpos(person.external_id, '@') > 0
) as named
where first_id <> person_id;

insert into hale_data.account_change as old (account_id, changed_by)
select distinct account_id, pg_current_xact_id()
from same_person
on conflict (account_id) do update
set changed_by = excluded.changed_by;

update hale_data.nps_response as response
set person_id = same_person.first_id
from same_person
where response.account_id = same_person.account_id and response.person_id = same_person.person_id;

update hale_data.touchpoint as touchpoint
set person_id = same_person.first_id
from same_person
where touchpoint.account_id = same_person.account_id and touchpoint.person_id = same_person.person_id;

update hale_data.person as person
set name = coalesce(person.name, other.name), email = coalesce(person.email, other.email),
    role = case when person.role = 'unknown' then other.role else person.role end,
    left_on = coalesce(person.left_on, other.left_on)
from (
    select distinct on (account_id, first_id) account_id, first_id, name, email, role, left_on
    from same_person
    order by account_id, first_id, role = 'unknown', person_id desc
) as other
where person.account_id = other.account_id and person.person_id = other.first_id;

-- Their columns change; they are made again with the other views.
drop view if exists hale.account_health;
drop function if exists hale.account_health_on(date);
drop view if exists hale.account_signal;
drop function if exists hale.account_signal_on(date);
drop function if exists hale_data.account_facts_on(date);
