-- Purpose: puts the ids to use into the events that this import has written.
-- Grain: one row per event. Parameters: $1 receipt (bigint).
update hale_data.usage_event as event
set person_id = coalesce(person.used_id, event.person_id), feature_id = coalesce(feature.used_id, event.feature_id)
from hale_data.usage_event as found
left join twice_created as person on person.what = 'person' and person.given_id = found.person_id
left join twice_created as feature on feature.what = 'feature' and feature.given_id = found.feature_id
where found.import_id = $1::bigint and event.import_id = $1::bigint
    and event.account_id = found.account_id and event.day = found.day and event.line = found.line
    and (person.used_id is not null or feature.used_id is not null)
