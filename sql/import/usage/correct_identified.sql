-- Purpose: puts the ids to use into the events with an id.
-- Grain: one row per event.
update identified
set person_id = coalesce(person.used_id, identified.person_id),
    feature_id = coalesce(feature.used_id, identified.feature_id)
from identified as found
left join twice_created as person on person.what = 'person' and person.given_id = found.person_id
left join twice_created as feature on feature.what = 'feature' and feature.given_id = found.feature_id
where found.line = identified.line and (person.used_id is not null or feature.used_id is not null)
