-- Purpose: puts the ids to use into the active days of people.
-- Grain: one row per person and month.
update person_mask
set person_id = twice_created.used_id
from twice_created
where twice_created.what = 'person' and twice_created.given_id = person_mask.person_id
