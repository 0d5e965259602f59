-- Purpose: gives NPS responses back what an import overwrote, the import that had written them before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.nps_response as nps_response
set person_id = image.person_id, score = image.score, responded_at = image.responded_at,
    comment = image.comment, survey = image.survey, recorded_at = image.recorded_at,
    import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.nps_response, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'nps_response'
    and nps_response.account_id = image.account_id and nps_response.response_key = image.response_key
