-- Purpose: forgets people first seen on rows that turned out bad.
delete from new_person
where not exists (select from person_mask where person_mask.person_id = new_person.person_id)
    and not exists (select from identified where identified.person_id = new_person.person_id)
